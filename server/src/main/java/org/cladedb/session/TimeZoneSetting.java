package org.cladedb.session;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.TimeZones;

/// The values of the setting TimeZone: a zone's name, or plain hours east of Greenwich.
final class TimeZoneSetting {
    private static final int MINUTES_MAX = 18 * 60;

    private TimeZoneSetting() {}

    /// The name as SHOW prints it.
    ///
    /// @throws DatabaseException 22023
    static String canonical(String value) {
        String text = value.strip();
        if (text.equalsIgnoreCase("default") || text.equalsIgnoreCase("local")) {
            return "UTC";
        }
        if (isNumber(text)) {
            return hoursEast(text);
        }
        String name = TimeZones.canonicalName(text);
        if (name == null) {
            throw invalid(value);
        }
        return name;
    }

    /// The zone of a canonical name.
    static ZoneId zone(String canonical) {
        ZoneId zone = TimeZones.find(canonical);
        return zone == null ? ZoneOffset.UTC : zone;
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?\\d{1,3}(\\.\\d+)?");
    }

    private static String hoursEast(String text) {
        int minutes = new BigDecimal(text).multiply(BigDecimal.valueOf(60)).intValue();
        if (Math.abs(minutes) > MINUTES_MAX) {
            throw invalid(text);
        }
        String size = String.format(Locale.ROOT, "%02d", Math.abs(minutes) / 60);
        if (minutes % 60 != 0) {
            size += String.format(Locale.ROOT, ":%02d", Math.abs(minutes) % 60);
        }
        return minutes < 0 ? "<-%s>+%s".formatted(size, size) : "<+%s>-%s".formatted(size, size);
    }

    private static DatabaseException invalid(String value) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"TimeZone\": \"%s\"".formatted(value));
    }
}
