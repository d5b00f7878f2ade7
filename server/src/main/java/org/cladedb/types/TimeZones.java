package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Offsets of time zones at points in time, counted in microseconds since 2000-01-01.
public final class TimeZones {
    /// Seconds from 1970-01-01 to 2000-01-01.
    public static final long EPOCH_SHIFT_SECONDS = 946_684_800L;

    /// No zone changes beyond this; java.time cannot represent all of PostgreSQL's range.
    private static final long SECONDS_LIMIT = 31_000_000_000_000L;

    /// A POSIX zone without daylight time, such as `UTC+3`: three hours *west* of Greenwich.
    private static final Pattern POSIX =
            Pattern.compile(
                    "(?:[a-zA-Z]{3,}|<[-+\\w:]+>)?([+-]?)(\\d{1,2})(?::(\\d{2}))?(?::(\\d{2}))?");

    private static final Map<String, Named> BY_NAME = new HashMap<>();

    /// A zone of the tz database and the spelling of its name there.
    private record Named(String name, ZoneId zone) {}

    static {
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (!id.startsWith("SystemV/")) {
                register(id, ZoneId.of(id));
            }
        }
        // The tz database has these, java.time does not always.
        register("EST", ZoneOffset.ofHours(-5));
        register("MST", ZoneOffset.ofHours(-7));
        register("HST", ZoneOffset.ofHours(-10));
    }

    private static void register(String name, ZoneId zone) {
        BY_NAME.put(name.toLowerCase(Locale.ROOT), new Named(name, zone));
    }

    private TimeZones() {}

    /// The zone with this name (`Europe/Berlin`, in any case; `UTC`; POSIX `UTC-2`); null when
    /// there is none.
    public static @Nullable ZoneId find(String name) {
        Named named = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named.zone();
        }
        Matcher posix = POSIX.matcher(name);
        if (!posix.matches()) {
            return null;
        }
        int seconds = Integer.parseInt(posix.group(2)) * 3600;
        seconds += posix.group(3) == null ? 0 : Integer.parseInt(posix.group(3)) * 60;
        seconds += posix.group(4) == null ? 0 : Integer.parseInt(posix.group(4));
        if (seconds > ZoneOffset.MAX.getTotalSeconds()) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds("-".equals(posix.group(1)) ? seconds : -seconds);
    }

    /// The name of a zone as the tz database spells it, or as given for a POSIX zone; null when
    /// there is no such zone.
    public static @Nullable String canonicalName(String name) {
        Named named = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named.name();
        }
        return find(name) == null ? null : name;
    }

    /// The error for a name that is no zone.
    public static DatabaseException unknown(String name) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
    }

    /// The names of all zones of the tz database, sorted.
    public static List<String> names() {
        return BY_NAME.values().stream().map(Named::name).sorted().toList();
    }

    /// Whether daylight saving time is in force at an instant.
    public static boolean isDaylightSaving(ZoneId zone, long micros) {
        return zone.getRules().isDaylightSavings(instant(Math.floorDiv(micros, MICROS_PER_SECOND)));
    }

    /// The offset east of Greenwich at an instant.
    public static int offsetSeconds(ZoneId zone, long micros) {
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds();
        }
        ZoneRules rules = zone.getRules();
        return rules.getOffset(instant(Math.floorDiv(micros, MICROS_PER_SECOND))).getTotalSeconds();
    }

    /// The offset that a local time has. In the hour skipped in spring the offset before counts, in
    /// the hour repeated in autumn standard time: both as in PostgreSQL.
    public static int offsetSecondsOfLocal(ZoneId zone, long localMicros) {
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds();
        }
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return rules.getOffset(Instant.EPOCH).getTotalSeconds();
        }
        LocalDateTime local =
                LocalDateTime.ofEpochSecond(
                        instant(Math.floorDiv(localMicros, MICROS_PER_SECOND)).getEpochSecond(),
                        0,
                        ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return rules.getOffset(local).getTotalSeconds();
        }
        return transition.isGap()
                ? transition.getOffsetBefore().getTotalSeconds()
                : transition.getOffsetAfter().getTotalSeconds();
    }

    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(
                Math.clamp(seconds + EPOCH_SHIFT_SECONDS, -SECONDS_LIMIT, SECONDS_LIMIT));
    }
}
