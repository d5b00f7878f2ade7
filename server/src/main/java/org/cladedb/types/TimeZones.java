package org.cladedb.types;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Time zones by name.
public final class TimeZones {
    /// Seconds from 1970-01-01 to 2000-01-01.
    public static final long EPOCH_SHIFT_SECONDS = 946_684_800L;

    /// Zones of java.time that the tz database has not.
    private static final String FOREIGN = "SystemV/";

    /// Names of the tz database that java.time has not always, or not with the same rules.
    private static final Map<String, String> LINKS =
            Map.ofEntries(
                    Map.entry("EST", "America/Panama"),
                    Map.entry("MST", "America/Phoenix"),
                    Map.entry("HST", "Pacific/Honolulu"),
                    Map.entry("ROC", "Asia/Taipei"),
                    Map.entry("GMT+0", "Etc/GMT"),
                    Map.entry("GMT-0", "Etc/GMT"),
                    Map.entry("Factory", "Etc/UTC"));

    /// Names as the tz database spells them, by name in lower case.
    private static final Map<String, String> NAMES = new HashMap<>();

    private static final Map<String, TimeZone> REGIONS = new ConcurrentHashMap<>();

    static {
        for (String name : ZoneId.getAvailableZoneIds()) {
            if (!name.startsWith(FOREIGN)) {
                NAMES.put(name.toLowerCase(Locale.ROOT), name);
            }
        }
        for (String name : LINKS.keySet()) {
            NAMES.put(name.toLowerCase(Locale.ROOT), name);
        }
    }

    private TimeZones() {}

    /// The zone with this name: one of the tz database (`Europe/Berlin`, in any case), or a POSIX
    /// description (`CST7CDT,M4.1.0,M10.5.0`); null when it is neither.
    public static @Nullable TimeZone find(String name) {
        String region = NAMES.get(name.toLowerCase(Locale.ROOT));
        return region == null
                ? PosixZoneParser.parse(name.toUpperCase(Locale.ROOT))
                : region(region);
    }

    /// The zone of the tz database that is spelled so.
    static TimeZone region(String name) {
        return REGIONS.computeIfAbsent(name, TimeZones::load);
    }

    private static TimeZone load(String name) {
        return new RegionTimeZone(name, ZoneId.of(LINKS.getOrDefault(name, name)).getRules());
    }

    /// The error for a name that is no zone.
    public static DatabaseException unknown(String name) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
    }

    /// The names of all zones of the tz database, sorted.
    public static List<String> names() {
        return List.copyOf(new TreeSet<>(NAMES.values()));
    }
}
