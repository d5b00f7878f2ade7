package org.cladedb.types;

/// What PostgreSQL compares of an interval: its length with days of 24 hours and months of 30 days.
public final class Intervals {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
    public static final int DAYS_PER_MONTH = 30;

    private Intervals() {}

    /// The whole days of the interval's length, rounded down.
    public static long comparableDays(Datum interval) {
        return (long) interval.intervalMonths() * DAYS_PER_MONTH
                + interval.intervalDays()
                + Math.floorDiv(interval.intervalMicros(), MICROS_PER_DAY);
    }

    /// What [#comparableDays] leaves, from 0 to a day.
    public static long microsOfDay(Datum interval) {
        return Math.floorMod(interval.intervalMicros(), MICROS_PER_DAY);
    }
}
