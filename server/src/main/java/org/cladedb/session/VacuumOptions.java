package org.cladedb.session;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.MaintenanceStatement;
import org.cladedb.sql.ast.Option;

/// The options of VACUUM and ANALYZE. None has an effect; those that PostgreSQL refuses are
/// refused, in its order.
final class VacuumOptions {
    private static final Set<String> OF_BOTH = Set.of("verbose", "skip_locked");
    private static final Set<String> OF_VACUUM =
            Set.of(
                    "analyze",
                    "freeze",
                    "full",
                    "disable_page_skipping",
                    "process_main",
                    "process_toast",
                    "truncate",
                    "skip_database_stats",
                    "only_database_stats");
    private static final Set<String> BESIDE_DATABASE_STATISTICS =
            Set.of("verbose", "process_main", "process_toast", "only_database_stats");
    private static final int WORKERS_MAX = 1_024;
    private static final int BUFFER_KILOBYTES_MIN = 128;
    private static final int BUFFER_KILOBYTES_MAX = 16_777_216;

    private final String command;
    private final Set<String> on = new HashSet<>(Set.of("process_main", "process_toast"));
    private boolean isParallel;
    private boolean hasBuffer;

    private VacuumOptions(String command) {
        this.command = command;
    }

    /// @throws DatabaseException 42601, 22023
    static void check(MaintenanceStatement.Analyze analyze) {
        new VacuumOptions("ANALYZE").read(analyze.options());
    }

    /// @throws DatabaseException 42601, 22023, 0A000
    static void check(MaintenanceStatement.Vacuum vacuum) {
        VacuumOptions options = new VacuumOptions("VACUUM");
        options.read(vacuum.options());
        options.checkTogether(vacuum.tables());
    }

    private void read(List<Option> options) {
        for (Option option : options) {
            String name = option.name();
            boolean isVacuum = command.equals("VACUUM");
            if (name.equals("buffer_usage_limit")) {
                hasBuffer = true;
                checkBuffer(option);
            } else if (isVacuum && name.equals("parallel")) {
                isParallel = workers(option) > 0;
            } else if (isVacuum && name.equals("index_cleanup")) {
                if (option.values().isEmpty() || !isAuto(option.values().getFirst())) {
                    isOn(option);
                }
            } else if (OF_BOTH.contains(name) || (isVacuum && OF_VACUUM.contains(name))) {
                if (isOn(option)) {
                    on.add(name);
                } else {
                    on.remove(name);
                }
            } else {
                throw syntaxError("unrecognized %s option \"%s\"".formatted(command, name))
                        .at(option.position());
            }
        }
    }

    private static boolean isAuto(String value) {
        return value.isEmpty() || value.equalsIgnoreCase("auto");
    }

    private static boolean isOn(Option option) {
        if (option.values().isEmpty()) {
            return true;
        }
        return switch (option.values().getFirst().toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default -> throw syntaxError(option.name() + " requires a Boolean value");
        };
    }

    private static int workers(Option option) {
        if (option.values().isEmpty()) {
            throw syntaxError(
                            "parallel option requires a value between 0 and %d"
                                    .formatted(WORKERS_MAX))
                    .at(option.position());
        }
        int workers;
        try {
            workers = Integer.parseInt(option.values().getFirst());
        } catch (NumberFormatException _) {
            throw syntaxError("parallel requires an integer value");
        }
        if (workers < 0 || workers > WORKERS_MAX) {
            throw syntaxError(
                            "parallel workers for vacuum must be between 0 and %d"
                                    .formatted(WORKERS_MAX))
                    .at(option.position());
        }
        return workers;
    }

    private static void checkBuffer(Option option) {
        if (option.values().isEmpty()) {
            throw syntaxError("buffer_usage_limit requires a parameter");
        }
        SettingDefinition definition = SettingDefinitions.find("vacuum_buffer_usage_limit");
        if (definition == null) {
            throw new IllegalStateException("no setting vacuum_buffer_usage_limit");
        }
        long kilobytes;
        try {
            kilobytes =
                    Long.parseLong(SettingNumbers.integer(definition, option.values().getFirst()));
        } catch (DatabaseException _) {
            kilobytes = -1;
        }
        if (kilobytes != 0 && kilobytes < BUFFER_KILOBYTES_MIN) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "BUFFER_USAGE_LIMIT option must be 0 or between %d kB and %d kB"
                            .formatted(BUFFER_KILOBYTES_MIN, BUFFER_KILOBYTES_MAX));
        }
    }

    private void checkTogether(List<MaintenanceStatement.TableAndColumns> tables) {
        boolean isFull = on.contains("full");
        boolean isAnalyze = on.contains("analyze");
        if (isFull && isParallel) {
            throw unsupported("VACUUM FULL cannot be performed in parallel");
        }
        if (isFull && hasBuffer && !isAnalyze) {
            throw unsupported("BUFFER_USAGE_LIMIT cannot be specified for VACUUM FULL");
        }
        if (!isAnalyze && tables.stream().anyMatch(table -> !table.columns().isEmpty())) {
            throw unsupported("ANALYZE option must be specified when a column list is provided");
        }
        if (isFull && on.contains("disable_page_skipping")) {
            throw unsupported("VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL");
        }
        if (isFull && !on.contains("process_toast")) {
            throw unsupported("PROCESS_TOAST required with VACUUM FULL");
        }
        if (on.contains("only_database_stats")) {
            if (!tables.isEmpty()) {
                throw unsupported("ONLY_DATABASE_STATS cannot be specified with a list of tables");
            }
            if (!BESIDE_DATABASE_STATISTICS.containsAll(on)) {
                throw unsupported(
                        "ONLY_DATABASE_STATS cannot be specified with other VACUUM options");
            }
        }
    }

    private static DatabaseException syntaxError(String message) {
        return new DatabaseException(SqlState.SYNTAX_ERROR, message);
    }

    private static DatabaseException unsupported(String message) {
        return new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, message);
    }
}
