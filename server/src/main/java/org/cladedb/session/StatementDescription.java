package org.cladedb.session;

import java.util.List;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// What Describe tells of a prepared statement.
///
/// @param columns null when it returns no rows
public record StatementDescription(
        List<SqlType> parameterTypes, @Nullable List<ResultColumn> columns) {
    public StatementDescription {
        parameterTypes = List.copyOf(parameterTypes);
        columns = columns == null ? null : List.copyOf(columns);
    }
}
