package org.cladedb.catalog;

import java.util.List;

/// A foreign key; a grouping one also decides where the child's rows live.
///
/// @param columns slots of the referencing columns
/// @param referencedColumns slots in the referenced table, pairwise
/// @param grouping whether this is the table's grouping foreign key
/// @param enforced false for NOT ENFORCED: orphans are allowed
public record ForeignKey(
        int oid,
        String name,
        List<Integer> columns,
        int referencedTableOid,
        List<Integer> referencedColumns,
        Action onDelete,
        Action onUpdate,
        boolean deferrable,
        boolean initiallyDeferred,
        boolean grouping,
        boolean enforced) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /// What happens to referencing rows.
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
