package org.cladedb.session;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;

/// What EXPLAIN was asked to show.
///
/// @param work whether ANALYZE adds what the storage did (BUFFERS)
/// @param summary whether ANALYZE adds the time of the whole
record ExplainOptions(
        boolean analyze, boolean json, boolean timing, boolean work, boolean summary) {
    /// @throws DatabaseException 42601 for an option that there is not
    static ExplainOptions of(List<Option> options) {
        boolean analyze = false;
        boolean json = false;
        boolean timing = true;
        boolean work = true;
        boolean summary = true;
        for (Option option : options) {
            switch (option.name().toLowerCase(Locale.ROOT)) {
                case "analyze" -> analyze = isOn(option);
                case "format" -> json = isJson(option);
                case "timing" -> timing = isOn(option);
                case "buffers" -> work = isOn(option);
                case "summary" -> summary = isOn(option);
                case "costs", "verbose", "settings", "wal", "generic_plan", "memory" ->
                        isOn(option);
                default ->
                        throw new DatabaseException(
                                        SqlState.SYNTAX_ERROR,
                                        "unrecognized EXPLAIN option \"" + option.name() + "\"")
                                .at(option.position());
            }
        }
        return new ExplainOptions(analyze, json, timing, work, summary);
    }

    private static boolean isJson(Option option) {
        String format =
                option.values().isEmpty()
                        ? ""
                        : option.values().getFirst().toLowerCase(Locale.ROOT);
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            case "xml", "yaml" ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "EXPLAIN format " + format + " is not supported")
                            .at(option.position());
            default ->
                    throw new DatabaseException(
                                    SqlState.INVALID_PARAMETER_VALUE,
                                    "unrecognized value for EXPLAIN option \"format\": \""
                                            + format
                                            + "\"")
                            .at(option.position());
        };
    }

    private static boolean isOn(Option option) {
        if (option.values().isEmpty()) {
            return true;
        }
        return switch (option.values().getFirst().toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default ->
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR,
                                    option.name() + " requires a Boolean value")
                            .at(option.position());
        };
    }
}
