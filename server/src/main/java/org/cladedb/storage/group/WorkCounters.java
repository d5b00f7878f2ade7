package org.cladedb.storage.group;

/// Counts the work of one statement or operator, for EXPLAIN ANALYZE and tests. Owned by one
/// thread.
///
/// Plain fields, because every read of a row touches them.
public final class WorkCounters {
    /// Keys that came out of the key-value space.
    public long keysRead;

    /// Ranges opened or sought.
    public long rangesOpened;

    /// Rows handed to the caller.
    public long rowsRead;

    /// Bytes of the keys and values read.
    public long bytesRead;

    /// Single keys looked up.
    public long pointReads;

    public void reset() {
        keysRead = 0;
        rangesOpened = 0;
        rowsRead = 0;
        bytesRead = 0;
        pointReads = 0;
    }

    /// Adds what `other` counted.
    public void add(WorkCounters other) {
        keysRead += other.keysRead;
        rangesOpened += other.rangesOpened;
        rowsRead += other.rowsRead;
        bytesRead += other.bytesRead;
        pointReads += other.pointReads;
    }

    @Override
    public String toString() {
        return "keys="
                + keysRead
                + " ranges="
                + rangesOpened
                + " rows="
                + rowsRead
                + " bytes="
                + bytesRead
                + " points="
                + pointReads;
    }
}
