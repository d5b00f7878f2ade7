package org.cladedb.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.Intervals;
import org.cladedb.types.PosixTimeZone;
import org.cladedb.types.SqlType;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TimeZones;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeNames;

/// The values of the setting TimeZone: a zone's name, hours or an interval east of Greenwich.
final class TimeZoneSetting {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,9}(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,2})?");
    private static final Pattern INTERVAL =
            Pattern.compile("interval\\s*'(.*)'(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private static final int SECONDS_PER_MINUTE = 60;

    /// More than any zone is away.
    private static final int SECONDS_MAX = 10_000_000;

    private TimeZoneSetting() {}

    /// The name as SHOW prints it.
    ///
    /// @throws DatabaseException 22023
    static String canonical(String value) {
        if (value.equalsIgnoreCase("default") || value.equalsIgnoreCase("local")) {
            return "UTC";
        }
        Matcher interval = INTERVAL.matcher(value);
        if (interval.matches()) {
            return ofOffset(offset(interval.group(1), interval.group(2).strip()), value);
        }
        if (NUMBER.matcher(value).matches()) {
            return ofOffset(secondsOfHours(value), value);
        }
        TimeZone zone = TimeZones.find(value);
        if (zone == null) {
            throw invalid(value);
        }
        // Whole minutes are how one tells zones that count leap seconds.
        if (zone.offsetSeconds(0) % SECONDS_PER_MINUTE != 0) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "time zone \"" + value + "\" appears to use leap seconds")
                    .withDetail("PostgreSQL does not support leap seconds.");
        }
        return zone.name();
    }

    private static String ofOffset(long seconds, String value) {
        String name = PosixTimeZone.ofOffset(Math.clamp(seconds, -SECONDS_MAX, SECONDS_MAX)).name();
        if (TimeZones.find(name) == null) {
            throw invalid(value).withDetail("UTC timezone offset is out of range.");
        }
        return name;
    }

    private static DatabaseException invalid(String value) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"TimeZone\": \"%s\"".formatted(value));
    }

    /// The zone of a canonical name.
    static TimeZone zone(String canonical) {
        TimeZone zone = TimeZones.find(canonical);
        return zone == null ? TimeZone.UTC : zone;
    }

    private static long secondsOfHours(String hours) {
        BigDecimal seconds = new BigDecimal(hours).multiply(SECONDS_PER_HOUR);
        return seconds.setScale(0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(SECONDS_MAX))
                .max(BigDecimal.valueOf(-SECONDS_MAX))
                .longValue();
    }

    /// @param fields what followed the interval, such as `hour to minute`; may be empty
    private static long offset(String text, String fields) {
        SqlType type =
                fields.isEmpty()
                        ? SqlType.INTERVAL
                        : TypeNames.withModifiers(SqlType.INTERVAL, List.of(), fields);
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        Datum interval = new Datum();
        Codecs.of(type).readText(source, 0, source.length, TypeContext.DEFAULT, interval);
        if (interval.intervalMonths() != 0) {
            throw invalid(shown(interval))
                    .withDetail("Cannot specify months in time zone interval.");
        }
        if (interval.intervalDays() != 0) {
            throw invalid(shown(interval)).withDetail("Cannot specify days in time zone interval.");
        }
        return interval.intervalMicros() / Intervals.MICROS_PER_SECOND;
    }

    private static String shown(Datum interval) {
        ByteWriter text = new ByteWriter();
        Codecs.of(SqlType.INTERVAL).writeText(interval, TypeContext.DEFAULT, text);
        return "INTERVAL '%s'"
                .formatted(new String(text.array(), 0, text.size(), StandardCharsets.UTF_8));
    }
}
