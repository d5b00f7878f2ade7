package org.cladedb.functions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of parameters, for calls that give arguments by name: PostgreSQL's, of the functions
/// that it documents with names.
public final class ParameterNames {
    private static final Map<String, List<String>> NAMES = new HashMap<>();

    static {
        add("make_date", "year", "month", "day");
        add("make_interval", "years", "months", "weeks", "days", "hours", "mins", "secs");
        add("make_time", "hour", "min", "sec");
        add("make_timestamp", "year", "month", "mday", "hour", "min", "sec");
        add("make_timestamptz", "year", "month", "mday", "hour", "min", "sec", "timezone");
        add("jsonb_insert", "jsonb_in", "path", "replacement", "insert_after");
        add("jsonb_set", "jsonb_in", "path", "replacement", "create_if_missing");
        for (String kind : List.of("json", "jsonb")) {
            add(kind + "_array_elements", "from_json");
            add(kind + "_array_elements_text", "from_json");
            add(kind + "_each", "from_json");
            add(kind + "_each_text", "from_json");
            add(kind + "_strip_nulls", "target", "strip_in_arrays");
        }
        for (String plain : List.of("regexp_like", "regexp_match", "regexp_matches")) {
            add(plain, "string", "pattern", "flags");
        }
        add("regexp_count", "string", "pattern", "start", "flags");
        add("regexp_split_to_array", "string", "pattern", "flags");
        add("regexp_split_to_table", "string", "pattern", "flags");
        add("pg_terminate_backend", "pid", "timeout");
        add("random", "min", "max");
        add("random_normal", "mean", "stddev");
        add("string_agg", "value", "delimiter");
    }

    private ParameterNames() {}

    private static void add(String function, String... names) {
        NAMES.put(function, List.of(names));
    }

    /// The names in order; empty if the function's parameters have none.
    public static List<String> of(String function) {
        return NAMES.getOrDefault(function, List.of());
    }

    /// Whether a parameter may be left out before one that is given: it is 0 then. (Otherwise only
    /// the last ones may.)
    public static boolean defaultsToZero(String function) {
        return function.equals("make_interval");
    }
}
