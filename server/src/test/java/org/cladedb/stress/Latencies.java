package org.cladedb.stress;

import java.util.Arrays;

/// How long things took. Owned by one thread, then by who reads it after that has ended.
final class Latencies {
    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = taken;
    }

    int count() {
        return count;
    }

    /// What a share of them stays below, in milliseconds.
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (count * share))] / 1e6;
    }

    @Override
    public String toString() {
        return "n %d, p50 %.1f ms, p99 %.1f ms, most %.1f ms"
                .formatted(count, millis(0.5), millis(0.99), millis(1));
    }
}
