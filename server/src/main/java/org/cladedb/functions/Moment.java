package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.time.ZoneId;
import java.util.Locale;
import java.util.TimeZone;
import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// A timestamp or an interval taken apart for `to_char`.
///
/// @param year astronomical: 0 is 1 BC
/// @param dayNumber days since 2000-01-01; for intervals their length in days
/// @param zone null for timestamps without time zone
record Moment(
        boolean isInterval,
        int year,
        int month,
        int day,
        long dayNumber,
        long hour,
        int minute,
        int second,
        int micros,
        int offsetSeconds,
        @Nullable String zone) {

    static Moment ofLocal(long local) {
        return of(local, 0, null);
    }

    static Moment ofInstant(long instant, ZoneId zone) {
        long offset = Timestamps.offsetMicros(instant, zone);
        return of(
                instant + offset,
                (int) (offset / MICROS_PER_SECOND),
                abbreviation(instant, (int) (offset / MICROS_PER_SECOND), zone));
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
                days,
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
                months * 30L + interval.intervalDays(),
                time / MICROS_PER_HOUR,
                (int) (time / MICROS_PER_MINUTE % 60),
                (int) (time / MICROS_PER_SECOND % 60),
                (int) (time % MICROS_PER_SECOND),
                0,
                null);
    }

    private static String abbreviation(long instant, int offsetSeconds, ZoneId zone) {
        if (zone.getRules().isFixedOffset() && offsetSeconds == 0) {
            return zone.getId().equals("GMT") ? "GMT" : "UTC";
        }
        boolean daylight =
                zone.getRules()
                        .isDaylightSavings(
                                java.time.Instant.ofEpochSecond(
                                        Math.floorDiv(instant, MICROS_PER_SECOND)
                                                + Timestamps.EPOCH_SECONDS));
        String name =
                TimeZone.getTimeZone(zone).getDisplayName(daylight, TimeZone.SHORT, Locale.ENGLISH);
        if (name.length() <= 5 && name.chars().allMatch(Character::isLetter)) {
            return name;
        }
        int minutes = Math.abs(offsetSeconds) / 60;
        String hours = (offsetSeconds < 0 ? "-" : "+") + twoDigits(minutes / 60);
        return minutes % 60 == 0 ? hours : hours + twoDigits(minutes % 60);
    }

    private static String twoDigits(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }

    /// 0 for Sunday.
    int dayOfWeek() {
        return Math.floorMod(dayNumber + 6, 7);
    }

    long dayOfYear() {
        return isInterval ? dayNumber + year * 360L : dayNumber - CivilDate.toDays(year, 1, 1) + 1;
    }

    long secondOfDay() {
        return hour * 3600 + minute * 60L + second;
    }
}
