package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A constraint or property in a column definition. `name` is null unless CONSTRAINT named it.
public sealed interface ColumnConstraint {
    @Nullable String name();

    int position();

    record NotNull(@Nullable String name, ConstraintAttributes attributes, int position)
            implements ColumnConstraint {}

    /// NULL written out.
    record ExplicitNull(@Nullable String name, int position) implements ColumnConstraint {}

    record Default(@Nullable String name, Expression expression, int position)
            implements ColumnConstraint {}

    record PrimaryKey(
            @Nullable String name,
            List<Option> options,
            @Nullable String tablespace,
            ConstraintAttributes attributes,
            int position)
            implements ColumnConstraint {
        public PrimaryKey {
            options = List.copyOf(options);
        }
    }

    record Unique(
            @Nullable String name,
            boolean nullsNotDistinct,
            List<Option> options,
            @Nullable String tablespace,
            ConstraintAttributes attributes,
            int position)
            implements ColumnConstraint {
        public Unique {
            options = List.copyOf(options);
        }
    }

    record Check(
            @Nullable String name,
            Expression expression,
            ConstraintAttributes attributes,
            int position)
            implements ColumnConstraint {}

    /// `[GROUPING] REFERENCES parent`.
    record References(
            @Nullable String name,
            ForeignKeyReference reference,
            ConstraintAttributes attributes,
            int position)
            implements ColumnConstraint {}

    /// `GENERATED ALWAYS | BY DEFAULT AS IDENTITY [(sequence options)]`.
    record Identity(
            @Nullable String name, boolean always, List<SequenceOption> options, int position)
            implements ColumnConstraint {
        public Identity {
            options = List.copyOf(options);
        }
    }

    /// `GENERATED ALWAYS AS (expression) [STORED | VIRTUAL]`.
    record Generated(@Nullable String name, Expression expression, boolean stored, int position)
            implements ColumnConstraint {}
}
