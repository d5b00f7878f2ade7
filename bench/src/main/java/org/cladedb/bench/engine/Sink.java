package org.cladedb.bench.engine;

/// Where sums of what was read go, so that reading it cannot be left out.
final class Sink {
    private static volatile long kept;

    private Sink() {}

    static void keep(long sum) {
        if (sum == kept) {
            kept = sum + 1;
        }
    }
}
