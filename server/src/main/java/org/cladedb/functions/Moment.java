package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.cladedb.types.TimeZone;
import org.jspecify.annotations.Nullable;

/// A timestamp or an interval taken apart for `to_char`.
///
/// @param year astronomical: 0 is 1 BC
/// @param julianDay of the date; for intervals what the formula makes of their parts
/// @param dayOfYear for intervals their length in days, of 30 to a month
/// @param zone null for timestamps without time zone
record Moment(
        boolean isInterval,
        int year,
        int month,
        int day,
        int julianDay,
        int dayOfYear,
        long hour,
        int minute,
        int second,
        int micros,
        int offsetSeconds,
        @Nullable String zone) {

    static Moment ofLocal(long local) {
        return of(local, 0, null);
    }

    static Moment ofInstant(long instant, TimeZone zone) {
        long offset = Timestamps.offsetMicros(instant, zone);
        return of(instant + offset, (int) (offset / MICROS_PER_SECOND), zone.abbreviation(instant));
    }

    private static Moment of(long local, int offsetSeconds, @Nullable String zone) {
        long days = Math.floorDiv(local, MICROS_PER_DAY);
        long time = Math.floorMod(local, MICROS_PER_DAY);
        long date = CivilDate.ofDays(days);
        return new Moment(
                false,
                CivilDate.year(date),
                CivilDate.month(date),
                CivilDate.day(date),
                (int) days + JulianDays.EPOCH,
                (int) (days - CivilDate.toDays(CivilDate.year(date), 1, 1)) + 1,
                time / MICROS_PER_HOUR,
                (int) (time / MICROS_PER_MINUTE % 60),
                (int) (time / MICROS_PER_SECOND % 60),
                (int) (time % MICROS_PER_SECOND),
                offsetSeconds,
                zone);
    }

    static Moment ofInterval(Datum interval) {
        long time = interval.intervalMicros();
        int months = interval.intervalMonths();
        return new Moment(
                true,
                months / 12,
                months % 12,
                interval.intervalDays(),
                JulianDays.of(months / 12, months % 12, interval.intervalDays()),
                months * 30 + interval.intervalDays(),
                time / MICROS_PER_HOUR,
                (int) (time / MICROS_PER_MINUTE % 60),
                (int) (time / MICROS_PER_SECOND % 60),
                (int) (time % MICROS_PER_SECOND),
                0,
                null);
    }

    /// 0 for Sunday.
    int dayOfWeek() {
        return JulianDays.dayOfWeek(julianDay);
    }

    long secondOfDay() {
        return hour * 3600 + minute * 60L + second;
    }
}
