package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A constraint beside the columns. `name` is null unless CONSTRAINT named it.
public sealed interface TableConstraint {
    @Nullable String name();

    int position();

    /// PRIMARY KEY or UNIQUE, by columns or by an existing index.
    ///
    /// @param columns empty exactly when `usingIndex` is given
    /// @param usingIndex of `USING INDEX name`, else null
    record Key(
            @Nullable String name,
            boolean primary,
            boolean nullsNotDistinct,
            List<String> columns,
            List<String> include,
            List<Option> options,
            @Nullable String tablespace,
            @Nullable String usingIndex,
            ConstraintAttributes attributes,
            int position)
            implements TableConstraint {
        public Key {
            columns = List.copyOf(columns);
            include = List.copyOf(include);
            options = List.copyOf(options);
        }

        public Key withName(@Nullable String newName) {
            return new Key(
                    newName,
                    primary,
                    nullsNotDistinct,
                    columns,
                    include,
                    options,
                    tablespace,
                    usingIndex,
                    attributes,
                    position);
        }
    }

    record Check(
            @Nullable String name,
            Expression expression,
            ConstraintAttributes attributes,
            int position)
            implements TableConstraint {}

    /// `[GROUPING] FOREIGN KEY (columns) REFERENCES …`; grouping is said by the reference.
    record ForeignKey(
            @Nullable String name,
            List<String> columns,
            ForeignKeyReference reference,
            ConstraintAttributes attributes,
            int position)
            implements TableConstraint {
        public ForeignKey {
            columns = List.copyOf(columns);
        }
    }

    /// `NOT NULL column`.
    record NotNull(
            @Nullable String name, String column, ConstraintAttributes attributes, int position)
            implements TableConstraint {}
}
