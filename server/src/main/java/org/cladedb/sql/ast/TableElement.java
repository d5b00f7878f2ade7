package org.cladedb.sql.ast;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands between the parentheses of CREATE TABLE.
public sealed interface TableElement {
    int position();

    /// @param storage of STORAGE, null if not given
    /// @param compression of COMPRESSION, null if not given
    record ColumnDefinition(
            String name,
            TypeName type,
            @Nullable String storage,
            @Nullable String compression,
            @Nullable QualifiedName collation,
            List<ColumnConstraint> constraints,
            int position)
            implements TableElement {
        public ColumnDefinition {
            constraints = List.copyOf(constraints);
        }
    }

    record ConstraintElement(TableConstraint constraint, int position) implements TableElement {}

    /// `LIKE source INCLUDING …`; columns, types and NOT NULL are always copied.
    record LikeElement(QualifiedName source, Set<LikeOption> including, int position)
            implements TableElement {
        public LikeElement {
            including = Set.copyOf(including);
        }
    }

    enum LikeOption {
        COMMENTS,
        COMPRESSION,
        CONSTRAINTS,
        DEFAULTS,
        GENERATED,
        IDENTITY,
        INDEXES,
        STATISTICS,
        STORAGE
    }
}
