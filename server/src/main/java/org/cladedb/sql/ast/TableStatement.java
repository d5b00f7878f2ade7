package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE of tables, indexes, views and sequences, and TRUNCATE.
public sealed interface TableStatement extends Definition {
    enum Persistence {
        PERMANENT,
        TEMPORARY,
        UNLOGGED
    }

    enum OnCommit {
        PRESERVE_ROWS,
        DELETE_ROWS,
        DROP
    }

    /// @param options of `WITH (…)`
    /// @param method of `USING method`, null if not given
    record CreateTable(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            List<TableElement> elements,
            List<Option> options,
            OnCommit onCommit,
            @Nullable String tablespace,
            @Nullable String method,
            int position)
            implements TableStatement {
        public CreateTable {
            elements = List.copyOf(elements);
            options = List.copyOf(options);
        }
    }

    /// CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW.
    ///
    /// @param columns empty if not given
    /// @param query a [SelectStatement] or EXECUTE
    /// @param method of `USING method`, null if not given
    record CreateTableAs(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            boolean materializedView,
            List<String> columns,
            List<Option> options,
            OnCommit onCommit,
            @Nullable String tablespace,
            @Nullable String method,
            Statement query,
            boolean withData,
            int position)
            implements TableStatement {
        public CreateTableAs {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    /// @param name null for a name of the server's choice
    /// @param method of `USING method`, null if not given
    /// @param groupJoin of a group index: `USING LEFT JOIN` or `USING RIGHT JOIN`, else null
    record CreateIndex(
            @Nullable String name,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            boolean only,
            QualifiedName table,
            @Nullable String method,
            List<IndexElement> elements,
            List<String> include,
            boolean nullsNotDistinct,
            List<Option> options,
            @Nullable String tablespace,
            @Nullable Expression where,
            @Nullable GroupJoin groupJoin,
            int position)
            implements TableStatement {
        public CreateIndex {
            elements = List.copyOf(elements);
            include = List.copyOf(include);
            options = List.copyOf(options);
        }
    }

    enum GroupJoin {
        LEFT,
        RIGHT
    }

    /// @param columns the view's column names, empty if not given
    /// @param queryStart where the defining query's text starts in the statement text
    /// @param queryEnd the offset after its last token
    record CreateView(
            QualifiedName name,
            boolean orReplace,
            Persistence persistence,
            List<String> columns,
            List<Option> options,
            SelectStatement query,
            int queryStart,
            int queryEnd,
            CheckOption checkOption,
            int position)
            implements TableStatement {
        public CreateView {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    enum CheckOption {
        NONE,
        LOCAL,
        CASCADED
    }

    record CreateSequence(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            List<SequenceOption> options,
            int position)
            implements TableStatement {
        public CreateSequence {
            options = List.copyOf(options);
        }
    }

    record AlterSequence(
            QualifiedName name, boolean ifExists, List<SequenceOption> options, int position)
            implements TableStatement {
        public AlterSequence {
            options = List.copyOf(options);
        }
    }

    record RefreshMaterializedView(
            QualifiedName name, boolean concurrently, boolean withData, int position)
            implements TableStatement {}

    record Truncate(
            List<TruncatedTable> tables,
            boolean restartIdentity,
            DropBehavior behavior,
            int position)
            implements TableStatement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    record TruncatedTable(QualifiedName name, boolean only) {}
}
