package org.cladedb.sql.ast;

import java.util.List;

/// `[GROUPING] REFERENCES table [(columns)]` and what follows it.
///
/// @param grouping whether the child's rows live inside the parent's
/// @param columns the referenced columns, empty for the primary key
/// @param onDeleteColumns of `ON DELETE SET NULL|DEFAULT (columns)`
public record ForeignKeyReference(
        boolean grouping,
        QualifiedName table,
        List<String> columns,
        MatchType match,
        ReferentialAction onDelete,
        List<String> onDeleteColumns,
        ReferentialAction onUpdate) {
    public ForeignKeyReference {
        columns = List.copyOf(columns);
        onDeleteColumns = List.copyOf(onDeleteColumns);
    }

    public enum MatchType {
        SIMPLE,
        FULL
    }

    public enum ReferentialAction {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
