package org.cladedb.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Copy;

/// Which columns a COPY of a table moves: those listed, or all but generated ones.
final class CopyColumns {
    private CopyColumns() {}

    /// @throws DatabaseException 42703, 42701, 42P10
    static List<String> of(Table table, Copy copy) {
        if (copy.columns().isEmpty()) {
            return table.columns().stream()
                    .filter(column -> !column.dropped())
                    .filter(column -> column.generation() != Column.Generation.STORED)
                    .map(Column::name)
                    .toList();
        }
        Set<String> seen = new HashSet<>();
        for (String name : copy.columns()) {
            Column column = table.column(name);
            if (column == null) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \"%s\" of relation \"%s\" does not exist"
                                .formatted(name, table.name()));
            }
            if (!seen.add(name)) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"%s\" specified more than once".formatted(name));
            }
            if (column.generation() == Column.Generation.STORED) {
                throw new DatabaseException(
                                SqlState.INVALID_COLUMN_REFERENCE,
                                "column \"%s\" is a generated column".formatted(name))
                        .withDetail("Generated columns cannot be used in COPY.");
            }
        }
        return copy.columns();
    }
}
