package org.cladedb.session;

import java.util.List;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TypeContext;

/// The settings that every statement consults, parsed once per change.
///
/// @param conversions what the analysis of literals depends on, for comparing plans
/// @param searchPath as written; `"$user"` replaced
/// @param customPlans whether each text gets a plan of its own
record TypedSettings(
        TimeZone timeZone,
        TypeContext.DateStyle dateStyle,
        TypeContext.IntervalStyle intervalStyle,
        boolean byteaHex,
        int extraFloatDigits,
        String conversions,
        List<String> searchPath,
        long workMemoryBytes,
        long statementMemoryBytes,
        long statementTimeoutMillis,
        long lockTimeoutMillis,
        boolean synchronousCommit,
        boolean customPlans,
        int assumedTableRows) {
    TypedSettings {
        searchPath = List.copyOf(searchPath);
    }

    static TypedSettings of(Settings settings, String user) {
        String zone = settings.text("TimeZone");
        String dateStyle = settings.text("DateStyle");
        String intervalStyle = settings.text("IntervalStyle");
        return new TypedSettings(
                TimeZoneSetting.zone(zone),
                SpecialSettings.dateStyleOf(dateStyle),
                SpecialSettings.intervalStyleOf(intervalStyle),
                settings.text("bytea_output").equals("hex"),
                (int) settings.number("extra_float_digits"),
                String.join("|", zone, dateStyle, intervalStyle),
                SearchPath.split(settings.text("search_path")).stream()
                        .map(name -> name.equals("$user") ? user : name)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                settings.number("work_mem") * 1024,
                settings.number("statement_memory_limit") * 1024,
                settings.number("statement_timeout"),
                settings.number("lock_timeout"),
                !settings.text("synchronous_commit").equals("off"),
                settings.text("plan_cache_mode").equals("force_custom_plan"),
                (int) settings.number("assumed_table_rows"));
    }

    /// The schemas in which names are looked up, `pg_catalog` included.
    List<String> lookupPath() {
        if (searchPath.contains("pg_catalog")) {
            return searchPath;
        }
        List<String> path = new java.util.ArrayList<>(searchPath.size() + 1);
        path.add("pg_catalog");
        path.addAll(searchPath);
        return path;
    }
}
