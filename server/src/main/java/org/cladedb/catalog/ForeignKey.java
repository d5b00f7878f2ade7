package org.cladedb.catalog;

import java.util.List;

/// A foreign key; a grouping one also decides where the child's rows live.
///
/// @param columns slots of the referencing columns
/// @param referencedColumns slots in the referenced table, pairwise
/// @param grouping whether this is the table's grouping foreign key
/// @param enforced false for NOT ENFORCED: orphans are allowed
/// @param validated whether every row is known to refer to one that is there, false for what is not
///   enforced; new rows are checked all the same
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
        boolean enforced,
        boolean validated) {
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

    public ForeignKey withName(String newName) {
        return with(newName, grouping, enforced, validated);
    }

    public ForeignKey withGrouping(boolean newGrouping) {
        return with(name, newGrouping, enforced, validated);
    }

    /// The same constraint, whose rows are checked and were, or not at all.
    public ForeignKey withEnforced(boolean newEnforced) {
        return with(name, grouping, newEnforced, newEnforced);
    }

    public ForeignKey withValidated() {
        return with(name, grouping, enforced, true);
    }

    private ForeignKey with(
            String newName, boolean newGrouping, boolean newEnforced, boolean newValidated) {
        return new ForeignKey(
                oid,
                newName,
                columns,
                referencedTableOid,
                referencedColumns,
                onDelete,
                onUpdate,
                deferrable,
                initiallyDeferred,
                newGrouping,
                newEnforced,
                newValidated);
    }
}
