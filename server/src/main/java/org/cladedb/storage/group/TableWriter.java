package org.cladedb.storage.group;

import org.cladedb.types.Datum;

/// Writes rows of one table within one transaction: the row, its index entries, and for key changes
/// the subtree below it, and enforces foreign keys in both directions (some at the end of the
/// statement). Owned by one thread; from [org.cladedb.txn.DatabaseTransaction#writer], for one
/// statement.
///
/// Rows are given as one cell per slot of the table (dropped columns included, ignored). Each write
/// locks the row; a row that others changed after the statement's snapshot raises
/// [StaleRowException], upon which the caller restarts the statement (READ COMMITTED) or fails with
/// 40001.
public interface TableWriter {
    /// Inserts a row.
    ///
    /// @throws org.cladedb.error.DatabaseException 23505 when a key exists already
    void insert(Datum[] row);

    /// Looks for a row that an insert of `row` would collide with, in the unique index `indexOid`,
    /// or in any when 0; returns its hkey, or null. For ON CONFLICT.
    byte @org.jspecify.annotations.Nullable [] findConflict(Datum[] row, int indexOid);

    /// Replaces the row at `hkey`.
    void update(byte[] hkey, Datum[] oldRow, Datum[] newRow);

    /// Deletes the row at `hkey`. What its foreign keys say about rows that refer to it is done at
    /// the end of the statement.
    void delete(byte[] hkey, Datum[] oldRow);

    /// Reads all slots of the row at `hkey` into `out`; false when it is not there.
    boolean read(byte[] hkey, Datum[] out);
}
