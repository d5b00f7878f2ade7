package org.cladedb.session;

import java.util.Set;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Refuses values of settings that have the right form and name nothing, or what is not to be had.
final class SettingChecks {
    private static final Set<String> TABLESPACES = Set.of("", "pg_default", "pg_global");
    private static final Set<String> INDEX_METHODS =
            Set.of("btree", "hash", "gist", "gin", "spgist", "brin");
    private static final int BUFFER_KILOBYTES_MIN = 128;

    /// Which of these a system has differs; other names no system has.
    private static final Pattern LOCALE =
            Pattern.compile("(?:(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:[.@].*)?)?");

    private SettingChecks() {}

    /// @throws DatabaseException 22023, 42704, 55000, 0A000
    static void check(SettingDefinition definition, String canonical) {
        switch (definition.name()) {
            case "default_with_oids" -> checkOids(canonical);
            case "default_table_access_method" -> checkAccessMethod(definition, canonical);
            case "default_tablespace" -> checkTablespace(definition, canonical);
            case "temp_tablespaces" -> checkTablespaces(canonical);
            case "lc_messages", "lc_monetary", "lc_numeric", "lc_time" -> {
                if (!LOCALE.matcher(canonical).matches()) {
                    throw SettingValues.invalid(definition, canonical);
                }
            }
            case "vacuum_buffer_usage_limit" -> checkBuffer(definition, canonical);
            case "backtrace_functions" -> {
                if (!canonical.matches("[0-9A-Za-z_, \n\t]*")) {
                    throw SettingValues.invalid(definition, canonical)
                            .withDetail("Invalid character.");
                }
            }
            default -> {}
        }
    }

    private static void checkOids(String canonical) {
        if (canonical.equals("on")) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "tables declared WITH OIDS are not supported");
        }
    }

    private static void checkTablespace(SettingDefinition definition, String name) {
        if (!TABLESPACES.contains(name)) {
            throw SettingValues.invalid(definition, name)
                    .withDetail("Tablespace \"%s\" does not exist.".formatted(name));
        }
    }

    private static void checkTablespaces(String canonical) {
        for (String name : SearchPath.split(canonical)) {
            if (!TABLESPACES.contains(name)) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_OBJECT,
                        "tablespace \"%s\" does not exist".formatted(name));
            }
            if (name.equals("pg_global")) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "temporary files in tablespace \"pg_global\" are not supported");
            }
        }
    }

    private static void checkBuffer(SettingDefinition definition, String canonical) {
        long kilobytes = Long.parseLong(canonical);
        if (kilobytes > 0 && kilobytes < BUFFER_KILOBYTES_MIN) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "invalid value for parameter \"%s\": %d"
                                    .formatted(definition.name(), kilobytes))
                    .withDetail(
                            "\"vacuum_buffer_usage_limit\" must be 0 or between 128 kB"
                                    + " and 16777216 kB.");
        }
    }

    private static void checkAccessMethod(SettingDefinition definition, String method) {
        if (method.isEmpty()) {
            throw SettingValues.invalid(definition, method)
                    .withDetail("\"default_table_access_method\" cannot be empty.");
        }
        if (INDEX_METHODS.contains(method)) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "access method \"%s\" is not of type TABLE".formatted(method));
        }
        if (!method.equals("heap")) {
            throw SettingValues.invalid(definition, method)
                    .withDetail("Table access method \"%s\" does not exist.".formatted(method));
        }
    }
}
