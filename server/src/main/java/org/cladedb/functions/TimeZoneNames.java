package org.cladedb.functions;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Time zones by the names that AT TIME ZONE takes: IANA names in any case, common abbreviations,
/// and POSIX offsets, which count westwards.
final class TimeZoneNames {
    private static final Map<String, String> ABBREVIATIONS =
            Map.ofEntries(
                    Map.entry("est", "-05:00"), Map.entry("edt", "-04:00"),
                    Map.entry("cst", "-06:00"), Map.entry("cdt", "-05:00"),
                    Map.entry("mst", "-07:00"), Map.entry("mdt", "-06:00"),
                    Map.entry("pst", "-08:00"), Map.entry("pdt", "-07:00"),
                    Map.entry("akst", "-09:00"), Map.entry("akdt", "-08:00"),
                    Map.entry("hst", "-10:00"), Map.entry("gmt", "+00:00"),
                    Map.entry("utc", "+00:00"), Map.entry("ut", "+00:00"),
                    Map.entry("z", "+00:00"), Map.entry("zulu", "+00:00"),
                    Map.entry("wet", "+00:00"), Map.entry("west", "+01:00"),
                    Map.entry("bst", "+01:00"), Map.entry("cet", "+01:00"),
                    Map.entry("cest", "+02:00"), Map.entry("eet", "+02:00"),
                    Map.entry("eest", "+03:00"), Map.entry("msk", "+03:00"),
                    Map.entry("jst", "+09:00"), Map.entry("kst", "+09:00"),
                    Map.entry("aest", "+10:00"), Map.entry("aedt", "+11:00"),
                    Map.entry("nzst", "+12:00"), Map.entry("nzdt", "+13:00"));

    private static final Pattern OFFSET = Pattern.compile("[+-](\\d{1,6})(:.*)?");
    private static final int HOURS_MAX = 15;

    private TimeZoneNames() {}

    /// Built when first needed: reading the list of zones takes a while.
    private static final class Lowercase {
        static final Map<String, String> NAMES = new HashMap<>();

        static {
            for (String name : ZoneId.getAvailableZoneIds()) {
                NAMES.put(name.toLowerCase(Locale.ROOT), name);
            }
        }
    }

    static ZoneId of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        String offset = ABBREVIATIONS.get(name);
        if (offset != null) {
            return ZoneOffset.of(offset);
        }
        String zone = Lowercase.NAMES.get(name);
        if (zone != null) {
            return ZoneId.of(zone);
        }
        ZoneId posix = posix(name);
        if (posix == null) {
            throw Failures.invalidParameter("time zone \"" + text + "\" not recognized");
        }
        return posix;
    }

    /// The zone of `make_timestamptz`: an offset has a sign, and counts eastwards.
    static ZoneId ofArgument(String text) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            throw Failures.invalidParameter(
                            "invalid input syntax for type numeric time zone: \"" + text + "\"")
                    .withHint("Numeric time zones must have \"-\" or \"+\" as first character.");
        }
        Matcher offset = OFFSET.matcher(text);
        if (offset.matches()) {
            int hours = Integer.parseInt(offset.group(1));
            if (hours > HOURS_MAX) {
                throw Failures.invalidParameter("numeric time zone \"" + text + "\" out of range");
            }
        }
        return ofLiteral(text);
    }

    /// The zone of a literal: as [#of], but bare offsets count eastwards, as in ISO 8601.
    static ZoneId ofLiteral(String text) {
        String name = text.strip();
        if (name.startsWith("+") || name.startsWith("-")) {
            ZoneId westward = posix((name.startsWith("+") ? "-" : "+") + name.substring(1));
            if (westward != null) {
                return westward;
            }
        }
        return of(text);
    }

    /// `+5`, `-05:30`, `utc+3`, `<+05>-5`: hours west of Greenwich after an optional name.
    private static @Nullable ZoneId posix(String name) {
        int start = 0;
        if (name.startsWith("<")) {
            start = name.indexOf('>') + 1;
        } else {
            while (start < name.length() && Character.isLetter(name.charAt(start))) {
                start++;
            }
        }
        String rest = name.substring(start);
        if (!rest.matches("[+-]?\\d{1,2}(:\\d{2}){0,2}")) {
            return null;
        }
        boolean east = rest.startsWith("-");
        String[] parts = rest.replaceFirst("^[+-]", "").split(":", -1);
        int seconds = 0;
        int unit = 3600;
        for (String part : parts) {
            seconds += Integer.parseInt(part) * unit;
            unit /= 60;
        }
        try {
            return ZoneOffset.ofTotalSeconds(east ? seconds : -seconds);
        } catch (DateTimeException exception) {
            return null;
        }
    }
}
