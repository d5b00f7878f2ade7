/// Rows in groups: hkeys, scans of tables, groups and indexes, and the writes that keep them in
/// step.
///
/// ```
///   group space:  [space][ord c][c key]                         -> customer row
///                 [space][ord c][c key][ord o][o key]           -> order row, right behind its customer
///                 [space][ord c][c key][ord o][o key][ord i]…   -> item row
///   index space:  [space][index columns][rest of the hkey]      -> nothing
///   key index:    [space][primary key]                          -> the hkey parts that the key lacks
/// ```
///
/// Reads give rows as cells filled by [TableCursor] and [GroupCursor]; every read names the slots
/// it needs and pays for no others. Writes go through [TableWriter], which maintains the row, its
/// indexes and key uniqueness (23505); foreign keys and checks are the caller's.
///
/// Invariants: a row is stored under the hkey computed from its columns (and its parent's hkey);
/// every index has exactly the entries of the rows of its table; a child whose parent is missing
/// lies under NULL ancestor keys.
@NullMarked
package org.cladedb.storage.group;

import org.jspecify.annotations.NullMarked;
