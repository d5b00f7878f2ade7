package org.cladedb.common;

/// The only source of time, passed in so that tests can replay it.
public interface Clock {
    /// Microseconds since 1970-01-01 00:00 UTC.
    long epochMicros();

    /// A monotonic reading in nanoseconds, for durations only.
    long nanoTime();

    /// The machine's clock.
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
