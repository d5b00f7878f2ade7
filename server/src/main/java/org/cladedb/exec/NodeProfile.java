package org.cladedb.exec;

/// What one operator did in an execution, as EXPLAIN ANALYZE reports it.
public final class NodeProfile {
    long rows;
    long loops;
    long startupMicros;
    long totalMicros;
    long diskBytes;
    int batches;

    NodeProfile() {}

    /// Rows given out, over all loops.
    public long rows() {
        return rows;
    }

    /// How often it was opened.
    public long loops() {
        return loops;
    }

    /// What it wrote to disk at most in one loop; 0 when all fitted in memory.
    public long diskBytes() {
        return diskBytes;
    }

    /// Into how many parts it divided its rows at most in one loop to have them fit in memory.
    public int batches() {
        return batches;
    }

    /// Time until the first row (or the end), inputs included, over all loops.
    public long startupMicros() {
        return startupMicros;
    }

    /// Time spent, inputs included, over all loops.
    public long totalMicros() {
        return totalMicros;
    }
}
