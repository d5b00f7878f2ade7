package org.cladedb.session;

import java.util.List;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A prepared statement as `pg_prepared_statements` shows it.
///
/// @param text that of the PREPARE command where `fromSql`
/// @param parameterTypes OIDs
/// @param resultTypes OIDs; null when it returns no rows
/// @param fromSql whether it was prepared by a command, and not by the protocol
public record ListedStatement(
        String name,
        String text,
        long preparedMicros,
        List<Integer> parameterTypes,
        @Nullable List<Integer> resultTypes,
        boolean fromSql) {
    public ListedStatement {
        parameterTypes = List.copyOf(parameterTypes);
        resultTypes = resultTypes == null ? null : List.copyOf(resultTypes);
    }

    /// @param command null when it came by the protocol
    static ListedStatement of(
            String name, PreparedStatement statement, @Nullable String command, long now) {
        List<ResultColumn> columns = statement.columns();
        return new ListedStatement(
                name,
                command == null ? statement.text() : command,
                now,
                statement.parameterTypes().stream().map(SqlType::oid).toList(),
                columns == null ? null : columns.stream().map(each -> each.type().oid()).toList(),
                command != null);
    }
}
