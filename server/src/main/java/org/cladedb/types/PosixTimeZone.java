package org.cladedb.types;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A zone described by a POSIX text such as `CST7CDT,M4.1.0,M10.5.0`, or of a fixed offset: the
/// same rules in all years.
///
/// @param daylight the daylight time and when it is in force; null for a zone without
public record PosixTimeZone(
        String name, String standardName, int standardSeconds, @Nullable Daylight daylight)
        implements TimeZone {
    /// Daylight time from `start` to `end`, both given in the local time then in force.
    record Daylight(String name, int offsetSeconds, PosixChange start, PosixChange end) {}

    static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;

    /// Instants are counted in microseconds from 2000-01-01.
    private static final long MICROS = Intervals.MICROS_PER_SECOND;

    /// A zone of a fixed offset that is called by its name.
    static PosixTimeZone ofOffset(String name, int offsetSeconds) {
        return new PosixTimeZone(name, name, offsetSeconds, null);
    }

    /// A zone that is so many seconds east of Greenwich, called as PostgreSQL calls it: `<+02>-02`.
    /// POSIX counts westwards.
    public static PosixTimeZone ofOffset(int offsetSeconds) {
        String hours = hours(offsetSeconds);
        String west = (offsetSeconds < 0 ? "+" : "-") + hours.substring(1);
        return new PosixTimeZone("<" + hours + ">" + west, hours, offsetSeconds, null);
    }

    /// `+05`, `-08:30`.
    static String hours(int offsetSeconds) {
        int size = Math.abs(offsetSeconds);
        StringBuilder text = new StringBuilder(offsetSeconds < 0 ? "-" : "+");
        text.append(twoDigits(size / SECONDS_PER_HOUR));
        if (size % SECONDS_PER_HOUR != 0) {
            text.append(':').append(twoDigits(size / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE));
        }
        if (size % SECONDS_PER_MINUTE != 0) {
            text.append(':').append(twoDigits(size % SECONDS_PER_MINUTE));
        }
        return text.toString();
    }

    private static String twoDigits(int value) {
        return String.format(Locale.ROOT, "%02d", value);
    }

    @Override
    public boolean isFixedOffset() {
        return daylight == null;
    }

    @Override
    public int offsetSeconds(long instantMicros) {
        return isDaylight(Math.floorDiv(instantMicros, MICROS)) && daylight != null
                ? daylight.offsetSeconds()
                : standardSeconds;
    }

    @Override
    public int offsetSecondsOfLocal(long localMicros) {
        if (daylight == null) {
            return standardSeconds;
        }
        long local = Math.floorDiv(localMicros, MICROS);
        boolean ifStandard = isDaylight(local - standardSeconds);
        boolean ifDaylight = isDaylight(local - daylight.offsetSeconds());
        if (ifStandard == ifDaylight) {
            return ifStandard ? daylight.offsetSeconds() : standardSeconds;
        }
        // Either both readings are possible, and the later one counts; or none is, and the offset
        // before the gap does. In both cases that is the one further west.
        return Math.min(standardSeconds, daylight.offsetSeconds());
    }

    @Override
    public boolean isDaylightSaving(long instantMicros) {
        return isDaylight(Math.floorDiv(instantMicros, MICROS));
    }

    @Override
    public String abbreviation(long instantMicros) {
        return daylight != null && isDaylightSaving(instantMicros) ? daylight.name() : standardName;
    }

    @Override
    public List<String> abbreviations() {
        Stream<String> names =
                daylight == null
                        ? Stream.of(standardName)
                        : Stream.of(standardName, daylight.name());
        return names.filter(RegionAbbreviations::isWord).toList();
    }

    @Override
    public @Nullable ZoneAbbreviation abbreviationOf(String abbreviation) {
        Integer offset = offsetSecondsOf(abbreviation, 0);
        return offset == null
                ? null
                : new ZoneAbbreviation(
                        abbreviation, offset, !standardName.equals(abbreviation), null);
    }

    @Override
    public @Nullable Integer offsetSecondsOf(String abbreviation, long instantMicros) {
        if (standardName.equals(abbreviation)) {
            return standardSeconds;
        }
        return daylight != null && daylight.name().equals(abbreviation)
                ? daylight.offsetSeconds()
                : null;
    }

    private boolean isDaylight(long seconds) {
        if (daylight == null) {
            return false;
        }
        long days = Math.floorDiv(seconds + standardSeconds, PosixChange.SECONDS_PER_DAY);
        int year = CivilDate.year(CivilDate.ofDays(days));
        // A change may fall into the year before or after the one that it is meant for.
        long last = Long.MIN_VALUE;
        boolean result = false;
        for (int i = year - 1; i <= year + 1; i++) {
            long start = daylight.start().secondsIn(i) - standardSeconds;
            long end = daylight.end().secondsIn(i) - daylight.offsetSeconds();
            if (start <= seconds && start > last) {
                last = start;
                result = true;
            }
            if (end <= seconds && end >= last) {
                last = end;
                result = false;
            }
        }
        return result;
    }
}
