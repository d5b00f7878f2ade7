package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Intervals;
import org.cladedb.types.TimeZone;

/// Conversions between dates, local timestamps and instants, all counted from 2000-01-01.
final class Timestamps {
    static final long INFINITY = Long.MAX_VALUE;
    static final long NEGATIVE_INFINITY = Long.MIN_VALUE;
    static final long DATE_INFINITY = Integer.MAX_VALUE;
    static final long DATE_NEGATIVE_INFINITY = Integer.MIN_VALUE;

    /// Seconds from 1970-01-01 to 2000-01-01.
    static final long EPOCH_SECONDS = 946_684_800L;

    /// Days from 1970-01-01 to 2000-01-01.
    static final long EPOCH_DAYS = 10_957;

    /// The first and (exclusively) last microsecond of PostgreSQL's range: 4714-11-24 BC and
    /// 294277-01-01.
    static final long LEAST = -211_813_488_000_000_000L;

    static final long END = 9_223_371_331_200_000_000L;

    /// The least date (the same day) and the first one beyond the range (5874898-01-01).
    static final long DATE_LEAST = -2_451_545;

    static final long DATE_END = 2_145_031_949;

    private Timestamps() {}

    static boolean isInfinite(long timestamp) {
        return timestamp == INFINITY || timestamp == NEGATIVE_INFINITY;
    }

    static boolean isInfiniteDate(long date) {
        return date == DATE_INFINITY || date == DATE_NEGATIVE_INFINITY;
    }

    static long checkRange(long timestamp) {
        if (timestamp < LEAST || timestamp >= END) {
            throw Failures.timeOutOfRange("timestamp");
        }
        return timestamp;
    }

    static long checkDateRange(long date) {
        if (date < DATE_LEAST || date >= DATE_END) {
            throw Failures.timeOutOfRange("date");
        }
        return date;
    }

    /// Midnight of the date.
    static long fromDate(long date) {
        if (isInfiniteDate(date)) {
            return date == DATE_INFINITY ? INFINITY : NEGATIVE_INFINITY;
        }
        if (date >= END / Intervals.MICROS_PER_DAY) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
        }
        return date * Intervals.MICROS_PER_DAY;
    }

    /// For comparisons: the timestamp, or infinity when it is beyond all timestamps.
    static long fromDateSaturated(long date) {
        return date >= END / Intervals.MICROS_PER_DAY && !isInfiniteDate(date)
                ? END
                : fromDate(date);
    }

    static long toDate(long timestamp) {
        if (isInfinite(timestamp)) {
            return timestamp == INFINITY ? DATE_INFINITY : DATE_NEGATIVE_INFINITY;
        }
        return Math.floorDiv(timestamp, Intervals.MICROS_PER_DAY);
    }

    static long timeOfDay(long timestamp) {
        return Math.floorMod(timestamp, Intervals.MICROS_PER_DAY);
    }

    /// What clocks in `zone` show at the instant.
    static long toLocal(long instant, TimeZone zone) {
        if (isInfinite(instant)) {
            return instant;
        }
        return checkRange(instant + offsetMicros(instant, zone));
    }

    /// The offset from UTC in `zone` at the instant, in microseconds.
    static long offsetMicros(long instant, TimeZone zone) {
        return zone.offsetSeconds(instant) * Intervals.MICROS_PER_SECOND;
    }

    /// Rounded to so many fractional digits of a second, halves away from zero.
    static long round(long timestamp, int digits) {
        long unit = Numeric.powerOfTen(6 - digits);
        long half = timestamp >= 0 ? unit / 2 : -(unit / 2);
        return (timestamp + half) / unit * unit;
    }

    /// What clocks show at a finite instant that are so far ahead of UTC.
    static long toLocalBy(long instant, int offsetSeconds) {
        return checkRange(instant + offsetSeconds * Intervals.MICROS_PER_SECOND);
    }

    /// The instant when such clocks show a finite local timestamp.
    static long toInstantBy(long local, int offsetSeconds) {
        return checkRange(local - offsetSeconds * Intervals.MICROS_PER_SECOND);
    }

    /// The instant when clocks in `zone` show the local timestamp. In the gap of a spring change
    /// the offset before counts, in the overlap of autumn the one after, as in PostgreSQL.
    static long toInstant(long local, TimeZone zone) {
        return isInfinite(local) ? local : checkRange(unchecked(local, zone));
    }

    /// As [#toInstant], but beyond the range just out of it instead of an error: for comparisons.
    static long toInstantSaturated(long local, TimeZone zone) {
        return isInfinite(local) ? local : Math.clamp(unchecked(local, zone), LEAST - 1, END);
    }

    private static long unchecked(long local, TimeZone zone) {
        return local - zone.offsetSecondsOfLocal(local) * Intervals.MICROS_PER_SECOND;
    }
}
