package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// SET, RESET and SHOW. The special spellings are the parameters behind them: `SET TIME ZONE` sets
/// `timezone`, `SET NAMES` sets `client_encoding`, `SET SCHEMA` sets `search_path`, `SET ROLE` sets
/// `role`, `SET SESSION AUTHORIZATION` sets `session_authorization`.
public sealed interface SettingStatement extends Statement {
    enum Scope {
        SESSION,
        LOCAL
    }

    /// @param values null for DEFAULT; words, strings and numbers as text
    record Set(Scope scope, String name, @Nullable List<String> values, int position)
            implements SettingStatement {
        public Set {
            values = values == null ? null : List.copyOf(values);
        }
    }

    /// `SET TRANSACTION …`, or `SET SESSION CHARACTERISTICS AS TRANSACTION …`.
    record SetTransaction(boolean sessionDefault, List<TransactionMode> modes, int position)
            implements SettingStatement {
        public SetTransaction {
            modes = List.copyOf(modes);
        }
    }

    /// `SET TRANSACTION SNAPSHOT 'id'`.
    record SetTransactionSnapshot(String snapshot, int position) implements SettingStatement {}

    /// `SET CONSTRAINTS ALL | names DEFERRED | IMMEDIATE`.
    ///
    /// @param names empty for ALL
    record SetConstraints(List<QualifiedName> names, boolean deferred, int position)
            implements SettingStatement {
        public SetConstraints {
            names = List.copyOf(names);
        }
    }

    /// @param name null for ALL
    record Reset(@Nullable String name, int position) implements SettingStatement {}

    /// @param name null for ALL
    record Show(@Nullable String name, int position) implements SettingStatement {}

    /// MySQL's `SHOW TABLES` and its kin.
    ///
    /// @param from the schema, or the table of SHOW COLUMNS; null if not given
    record ShowObjects(ShowKind kind, @Nullable QualifiedName from, int position)
            implements SettingStatement {}

    enum ShowKind {
        TABLES,
        COLUMNS,
        DATABASES,
        SCHEMAS,
        INDEXES
    }
}
