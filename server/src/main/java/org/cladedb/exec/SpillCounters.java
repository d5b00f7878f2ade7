package org.cladedb.exec;

/// What one operator wrote to disk in one execution, for EXPLAIN ANALYZE.
final class SpillCounters {
    private long diskBytes;
    private int batches;

    /// The file of the operator has so many bytes.
    void wrote(long bytes) {
        diskBytes = Math.max(diskBytes, bytes);
    }

    /// The operator goes through its rows in so many more parts.
    void split(int parts) {
        batches += parts;
    }

    /// 0 when all fitted in memory.
    long diskBytes() {
        return diskBytes;
    }

    /// Into how many parts the rows were divided; 0 when all fitted in memory.
    int batches() {
        return batches;
    }

    void clear() {
        diskBytes = 0;
        batches = 0;
    }
}
