/// Rows in groups: hkeys, scans of tables, groups and indexes, and the writes that keep them in
/// step.
///
/// ```
///   group space:  [space][ord c][c key]                         -> customer row
///                 [space][ord c][c key][ord o][o key]           -> order row, right behind its customer
///                 [space][ord c][c key][ord o][o key][ord i]…   -> item row
///   index space:  [space][index columns][rest of the hkey]      -> nothing
///   unique index: [space][index columns]                        -> rest of the hkey
/// ```
///
/// Reads ([GroupReads]) give rows as cells filled by [TableCursor] and [GroupCursor]; every read
/// names the slots it needs and pays for no others. Writes go through [RowChanges]: [RowWriter]
/// keeps the row, its place and its index entries, [ParentKeys] and [ReferentialAction] its foreign
/// keys; CHECK and NOT NULL are the caller's. [TableFormat] is a table's definition worked out for
/// all of them. Many rows inserted in key order ([InsertRun]) and large new indexes ([IndexLoad],
/// sorted by [EntrySorter] in bounded memory) are loaded in bulk. Bytes are drawn in
/// `docs/formats/hkey.md`.
///
/// Invariants: a row's key is the key of its grouping parent's row followed by its own segment; the
/// parts of a parent that is not there are what the row's foreign key carries of them, and NULL;
/// every index has exactly the entries of the rows of its table; who writes a row that refers to
/// another holds a guard on that row (shared), who deletes a row or changes its key holds its guard
/// exclusively and looks for referring rows on a snapshot taken after.
@NullMarked
package org.cladedb.storage.group;

import org.jspecify.annotations.NullMarked;
