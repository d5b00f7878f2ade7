package org.cladedb.functions;

import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.PosixTimeZone;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TimeZones;
import org.cladedb.types.ZoneAbbreviation;

/// The time zones that AT TIME ZONE and its like take by name: abbreviations first, then zones of
/// the tz database and POSIX descriptions.
final class TimeZoneNames {
    private static final int HOURS_MAX = 15;
    private static final int SIXTY = 60;

    /// The most characters of a numeric zone that has no minutes.
    private static final int SHORT_LENGTH = 3;

    private static final Pattern OFFSET = Pattern.compile("[-+]\\d{0,9}(:\\d{0,9}){0,2}");

    private TimeZoneNames() {}

    /// The zone itself; of an abbreviation, its offset or the zone that it is of.
    static TimeZone find(String name, TimeZone session) {
        ZoneAbbreviation abbreviation = ZoneAbbreviation.find(name, session);
        if (abbreviation == null) {
            return zone(name);
        }
        return abbreviation.zone() == null
                ? PosixTimeZone.ofOffset(abbreviation.offsetSeconds())
                : abbreviation.zone();
    }

    /// What clocks in a zone show at an instant.
    static long toLocal(long instant, String name, TimeZone session) {
        if (Timestamps.isInfinite(instant)) {
            // Whichever zone it is, even if it is none.
            return instant;
        }
        ZoneAbbreviation abbreviation = ZoneAbbreviation.find(name, session);
        return abbreviation == null
                ? Timestamps.toLocal(instant, zone(name))
                : Timestamps.toLocalBy(instant, abbreviation.offsetSecondsAt(instant));
    }

    /// The instant when clocks in a zone show a local time.
    static long toInstant(long local, String name, TimeZone session) {
        if (Timestamps.isInfinite(local)) {
            return local;
        }
        ZoneAbbreviation abbreviation = ZoneAbbreviation.find(name, session);
        return abbreviation == null
                ? Timestamps.toInstant(local, zone(name))
                : Timestamps.toInstantBy(local, abbreviation.offsetSecondsOfLocal(local));
    }

    private static TimeZone zone(String name) {
        TimeZone zone = TimeZones.find(name);
        if (zone == null) {
            throw TimeZones.unknown(name);
        }
        return zone;
    }

    /// The instant of a local time in the zone of `make_timestamptz`: a numeric zone has a sign,
    /// and counts eastwards.
    static long toInstantOfArgument(long local, String name, TimeZone session) {
        if (name.isEmpty() || (name.charAt(0) != '+' && name.charAt(0) != '-')) {
            if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
                throw Failures.invalidParameter(
                                "invalid input syntax for type numeric time zone: \"" + name + "\"")
                        .withHint(
                                "Numeric time zones must have \"-\" or \"+\" as first character.");
            }
            return toInstant(local, name, session);
        }
        return OFFSET.matcher(name).matches()
                ? Timestamps.toInstantBy(local, offset(name))
                : toInstant(local, name, session);
    }

    /// `+5`, `-05:30`, `+0530`, and even `+`.
    private static int offset(String name) {
        String[] numbers = name.substring(1).split(":", -1);
        int[] parts = new int[3];
        for (int i = 0; i < numbers.length; i++) {
            parts[i] = numbers[i].isEmpty() ? 0 : Integer.parseInt(numbers[i]);
        }
        if (numbers.length == 1 && name.length() > SHORT_LENGTH) {
            // Run together, the last two of them minutes.
            parts[1] = parts[0] % 100;
            parts[0] /= 100;
        }
        if (parts[0] > HOURS_MAX || parts[1] >= SIXTY || parts[2] >= SIXTY) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "numeric time zone \"" + name + "\" out of range");
        }
        int seconds = (parts[0] * SIXTY + parts[1]) * SIXTY + parts[2];
        return name.charAt(0) == '-' ? -seconds : seconds;
    }
}
