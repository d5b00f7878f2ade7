package org.cladedb.session;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Names of time zones: those of the tz database, POSIX offsets (positive west of Greenwich), and
/// plain hours east.
final class TimeZones {
    private static final Pattern POSIX =
            Pattern.compile(
                    "(?:[A-Za-z]{3,}|<[-+0-9A-Za-z:]+>)?([-+]?)(\\d{1,2})(?::(\\d{2}))?(?::(\\d{2}))?");
    private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        ZoneId.getAvailableZoneIds().forEach(name -> NAMES.put(name, name));
        NAMES.put("EST", "EST");
        NAMES.put("MST", "MST");
        NAMES.put("HST", "HST");
        NAMES.put("Zulu", "Zulu");
    }

    private TimeZones() {}

    /// The name as SHOW prints it.
    ///
    /// @throws DatabaseException 22023
    static String canonical(String value) {
        String text = value.strip();
        String known = NAMES.get(text);
        if (known != null) {
            return known;
        }
        if (text.equalsIgnoreCase("default") || text.equalsIgnoreCase("local")) {
            return "UTC";
        }
        if (isNumber(text)) {
            return hoursEast(text);
        }
        if (posix(text) == null) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid value for parameter \"TimeZone\": \"%s\"".formatted(value));
        }
        return text;
    }

    /// The zone of a canonical name.
    static ZoneId zone(String canonical) {
        switch (canonical) {
            case "EST":
                return ZoneOffset.ofHours(-5);
            case "MST":
                return ZoneOffset.ofHours(-7);
            case "HST":
                return ZoneOffset.ofHours(-10);
            default:
                break;
        }
        if (NAMES.containsKey(canonical)) {
            return ZoneId.of(canonical);
        }
        ZoneOffset offset = posix(canonical);
        return offset == null ? ZoneOffset.UTC : offset;
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?\\d{1,3}(\\.\\d+)?");
    }

    private static String hoursEast(String text) {
        int minutes = new BigDecimal(text).multiply(BigDecimal.valueOf(60)).intValue();
        if (Math.abs(minutes) > 18 * 60) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid value for parameter \"TimeZone\": \"%s\"".formatted(text));
        }
        String size = String.format(Locale.ROOT, "%02d", Math.abs(minutes) / 60);
        if (minutes % 60 != 0) {
            size += String.format(Locale.ROOT, ":%02d", Math.abs(minutes) % 60);
        }
        return minutes < 0 ? "<-%s>+%s".formatted(size, size) : "<+%s>-%s".formatted(size, size);
    }

    private static @Nullable ZoneOffset posix(String text) {
        Matcher matcher = POSIX.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int seconds =
                Integer.parseInt(matcher.group(2)) * 3600
                        + part(matcher.group(3)) * 60
                        + part(matcher.group(4));
        if (seconds > 18 * 3600) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds("-".equals(matcher.group(1)) ? seconds : -seconds);
    }

    private static int part(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
