package org.cladedb.memory;

import org.cladedb.common.MemoryPool;

/// How much memory statements may hold.
///
/// @param pool what all of them share
/// @param statementBytes one statement, unless `statement_memory_limit` says otherwise
/// @param workBytes one operator before it writes to disk, unless `work_mem` says otherwise
public record MemoryLimits(MemoryPool pool, long statementBytes, long workBytes) {
    private static final long WORK_BYTES_MIN = 4 << 20;
    private static final long WORK_BYTES_MAX = 64 << 20;
    private static final long SERVER_BYTES_MIN = 16 << 20;
    private static final int WORK_FRACTION = 128;

    /// What suits a heap of which a cache takes its part: statements get half of what is left,
    /// since counts are estimates and collecting garbage needs room; one of them half of that.
    public static MemoryLimits forHeap(long heapBytes, long cacheBytes) {
        return withServer(Math.max(SERVER_BYTES_MIN, (heapBytes - cacheBytes) / 2), heapBytes);
    }

    /// The same with so much for all statements together.
    public static MemoryLimits withServer(long serverBytes, long heapBytes) {
        long work = Math.clamp(heapBytes / WORK_FRACTION, WORK_BYTES_MIN, WORK_BYTES_MAX);
        return new MemoryLimits(new MemoryPool(serverBytes), serverBytes / 2, work);
    }
}
