package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.types.Datum;

/// Opens reads of tables, groups and indexes in one view of a transaction.
public interface GroupStore {
    /// Roughly how many rows a table has, found in a few reads: right within a small factor for a
    /// table with an index of its own, or alone in its group; otherwise by its place in the group.
    double estimateRows(Table table);

    /// Scans a table in hkey order. `bounds` are over the columns of the hkey from the root down;
    /// for a root table that is its primary key.
    TableCursor scanTable(Table table, List<Integer> slots, ScanBounds bounds, boolean reverse);

    /// Scans the rows of `table` at or below one row of `ancestor` (the table itself or one of its
    /// ancestors), found by that table's primary key. This is a primary key lookup, and `WHERE fk =
    /// ?`. Orphans whose foreign key has these values are found too, when `ancestor` is the
    /// grouping parent.
    TableCursor scanBelow(
            CatalogSnapshot catalog,
            Table table,
            List<Integer> slots,
            Table ancestor,
            List<Datum> ancestorKey,
            boolean reverse);

    /// Scans a table through a secondary index, in index order.
    TableCursor scanIndex(
            Table table, Index index, List<Integer> slots, ScanBounds bounds, boolean reverse);

    /// Scans several tables of a group; `bounds` are over the hkey of the first member. Members
    /// must be listed parents first.
    GroupCursor scanGroup(TableGroup group, List<MemberRead> members, ScanBounds bounds);

    /// Scans the subtree of one row of `ancestor`, itself included when it is a member.
    GroupCursor scanGroupBelow(
            CatalogSnapshot catalog,
            TableGroup group,
            List<MemberRead> members,
            Table ancestor,
            List<Datum> ancestorKey);
}
