package org.cladedb.ddl;

import org.cladedb.catalog.Column;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Copies of columns with one property changed.
final class Columns {
    private Columns() {}

    static Column withNotNull(Column column, boolean notNull) {
        return new Column(
                column.number(),
                column.name(),
                column.type(),
                notNull,
                column.defaultExpression(),
                column.generation(),
                column.dropped(),
                column.missingValue(),
                column.collation());
    }

    static Column withDefault(
            Column column, @Nullable String expression, Column.Generation generation) {
        return new Column(
                column.number(),
                column.name(),
                column.type(),
                column.notNull(),
                expression,
                generation,
                column.dropped(),
                column.missingValue(),
                column.collation());
    }

    static Column withMissingValue(Column column, @Nullable String value) {
        return new Column(
                column.number(),
                column.name(),
                column.type(),
                column.notNull(),
                column.defaultExpression(),
                column.generation(),
                column.dropped(),
                value,
                column.collation());
    }

    static Column withType(Column column, SqlType type) {
        return new Column(
                column.number(),
                column.name(),
                type,
                column.notNull(),
                column.defaultExpression(),
                column.generation(),
                column.dropped(),
                column.missingValue(),
                column.collation());
    }

    static Column renamed(Column column, String name) {
        return new Column(
                column.number(),
                name,
                column.type(),
                column.notNull(),
                column.defaultExpression(),
                column.generation(),
                column.dropped(),
                column.missingValue(),
                column.collation());
    }

    /// The column after DROP COLUMN: its slot stays, under a name nobody can write, as in
    /// PostgreSQL.
    static Column dropped(Column column) {
        return new Column(
                column.number(),
                "........pg.dropped." + column.number() + "........",
                column.type(),
                false,
                null,
                Column.Generation.NONE,
                true,
                null,
                null);
    }
}
