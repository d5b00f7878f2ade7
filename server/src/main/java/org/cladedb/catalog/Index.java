package org.cladedb.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An index of a table, in a key space of its own (except where `isHkey`).
///
/// @param spaceId its key space; for the primary key that is the table's own hkey order, the
///   group's
/// @param columns the key, in order
/// @param included slots of INCLUDE columns (stored nowhere; reads go to the row)
/// @param unique whether two rows may not have equal keys (NULLs are distinct)
/// @param primary whether it is the primary key's
/// @param isHkey whether the group itself is this index: the primary key of a root table
/// @param predicate SQL text of a partial index's WHERE; null for none
public record Index(
        int oid,
        String name,
        int spaceId,
        List<IndexColumn> columns,
        List<Integer> included,
        boolean unique,
        boolean primary,
        boolean isHkey,
        @Nullable String predicate,
        IndexStorage storage) {
    public Index {
        columns = List.copyOf(columns);
        included = List.copyOf(included);
    }

    /// An index whose definition says nothing of its storage.
    public Index(
            int oid,
            String name,
            int spaceId,
            List<IndexColumn> columns,
            List<Integer> included,
            boolean unique,
            boolean primary,
            boolean isHkey,
            @Nullable String predicate) {
        this(
                oid,
                name,
                spaceId,
                columns,
                included,
                unique,
                primary,
                isHkey,
                predicate,
                IndexStorage.DEFAULT);
    }

    /// One key column.
    ///
    /// @param slot the column's number; 0 for an expression
    /// @param expression SQL text where `slot` is 0
    /// @param collation null for the column's own
    /// @param operatorClass OID of one that was named and is not the type's default; else 0
    public record IndexColumn(
            int slot,
            @Nullable String expression,
            @Nullable String collation,
            int operatorClass,
            boolean descending,
            boolean nullsFirst) {
        /// A column as it is by itself, in ascending order.
        public static IndexColumn of(int slot) {
            return new IndexColumn(slot, null, null, 0, false, false);
        }

        public IndexColumn withSlot(int newSlot) {
            return new IndexColumn(
                    newSlot, expression, collation, operatorClass, descending, nullsFirst);
        }
    }

    public Index withName(String newName) {
        return new Index(
                oid, newName, spaceId, columns, included, unique, primary, isHkey, predicate,
                storage);
    }

    /// In another key space.
    ///
    /// @param newIsHkey whether that is its group's
    public Index withSpace(int newSpaceId, boolean newIsHkey) {
        return new Index(
                oid,
                name,
                newSpaceId,
                columns,
                included,
                unique,
                primary,
                newIsHkey,
                predicate,
                storage);
    }

    public Index withPrimary(boolean newPrimary) {
        return new Index(
                oid,
                name,
                spaceId,
                columns,
                included,
                unique,
                newPrimary,
                isHkey,
                predicate,
                storage);
    }

    public Index withStorage(IndexStorage newStorage) {
        return new Index(
                oid,
                name,
                spaceId,
                columns,
                included,
                unique,
                primary,
                isHkey,
                predicate,
                newStorage);
    }
}
