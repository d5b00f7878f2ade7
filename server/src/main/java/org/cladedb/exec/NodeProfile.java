package org.cladedb.exec;

/// What one operator did in an execution, as EXPLAIN ANALYZE reports it.
public final class NodeProfile {
    long rows;
    long loops;
    long startupMicros;
    long totalMicros;

    NodeProfile() {}

    /// Rows given out, over all loops.
    public long rows() {
        return rows;
    }

    /// How often it was opened.
    public long loops() {
        return loops;
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
