package org.cladedb.session.copy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Option;
import org.jspecify.annotations.Nullable;

/// Reads the options of COPY, with PostgreSQL's checks and messages.
public final class CopyOptions {
    private static final Set<String> KNOWN =
            Set.of(
                    "format",
                    "delimiter",
                    "null",
                    "header",
                    "quote",
                    "escape",
                    "force_quote",
                    "force_not_null",
                    "force_null",
                    "encoding",
                    "freeze",
                    "on_error",
                    "log_verbosity",
                    "default",
                    "reject_limit");

    private final Map<String, Option> options = new HashMap<>();
    private final boolean from;

    private CopyOptions(List<Option> given, boolean from) {
        this.from = from;
        for (Option option : given) {
            String name = option.name().toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                throw error(SqlState.SYNTAX_ERROR, "option \"%s\" not recognized".formatted(name))
                        .at(option.position());
            }
            if (options.put(name, option) != null) {
                throw error(SqlState.SYNTAX_ERROR, "conflicting or redundant options")
                        .at(option.position());
            }
        }
    }

    /// @param from whether data is read
    public static CopyFormat parse(List<Option> given, boolean from) {
        return new CopyOptions(given, from).format();
    }

    private CopyFormat format() {
        CopyFormat.Kind kind = kind();
        boolean csv = kind == CopyFormat.Kind.CSV;
        if (kind == CopyFormat.Kind.BINARY) {
            checkBinary();
        }
        refuseUnsupported();
        String delimiter = text("delimiter", csv ? "," : "\t");
        String nullText = text("null", csv ? "" : "\\N");
        String quote = text("quote", "\"");
        String escape = text("escape", quote);
        checkDelimiter(delimiter, csv);
        if (nullText.indexOf('\n') >= 0 || nullText.indexOf('\r') >= 0) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "COPY null representation cannot use newline or carriage return");
        }
        if (csv) {
            checkSingleByte(quote, "COPY quote must be a single one-byte character");
            checkSingleByte(escape, "COPY escape must be a single one-byte character");
            if (delimiter.equals(quote)) {
                throw error(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "COPY delimiter and quote must be different");
            }
        } else {
            csvOnly("quote", "COPY QUOTE requires CSV mode");
            csvOnly("escape", "COPY ESCAPE requires CSV mode");
            csvOnly("force_quote", "COPY FORCE_QUOTE requires CSV mode");
            csvOnly("force_not_null", "COPY FORCE_NOT_NULL requires CSV mode");
            csvOnly("force_null", "COPY FORCE_NULL requires CSV mode");
        }
        if (nullText.contains(delimiter)) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "COPY delimiter character must not appear in the NULL specification");
        }
        checkDirections();
        Set<String> forced = columns("force_quote");
        return new CopyFormat(
                kind,
                (byte) delimiter.charAt(0),
                nullText,
                header(),
                (byte) quote.charAt(0),
                (byte) escape.charAt(0),
                forced.contains("*"),
                forced,
                columns("force_not_null"),
                columns("force_null"));
    }

    private CopyFormat.Kind kind() {
        String format = text("format", "text").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "text" -> CopyFormat.Kind.TEXT;
            case "csv" -> CopyFormat.Kind.CSV;
            case "binary" -> CopyFormat.Kind.BINARY;
            default ->
                    throw error(
                                    SqlState.INVALID_PARAMETER_VALUE,
                                    "COPY format \"%s\" not recognized".formatted(format))
                            .at(position("format"));
        };
    }

    private void checkBinary() {
        for (String name : List.of("delimiter", "null", "default")) {
            if (options.containsKey(name)) {
                throw inBinaryMode(SqlState.SYNTAX_ERROR, name);
            }
        }
        if (header() != CopyFormat.Header.NONE) {
            throw inBinaryMode(SqlState.FEATURE_NOT_SUPPORTED, "header");
        }
        if (!text("on_error", "stop").equalsIgnoreCase("stop")) {
            throw error(SqlState.SYNTAX_ERROR, "only ON_ERROR STOP is allowed in BINARY mode");
        }
    }

    private static DatabaseException inBinaryMode(SqlState state, String option) {
        return error(
                state,
                "cannot specify %s in BINARY mode".formatted(option.toUpperCase(Locale.ROOT)));
    }

    private void refuseUnsupported() {
        String encoding = text("encoding", "utf8").toLowerCase(Locale.ROOT).replace("-", "");
        if (!encoding.equals("utf8") && !encoding.equals("sql_ascii")) {
            throw error(
                    SqlState.FEATURE_NOT_SUPPORTED, "COPY supports no encoding other than UTF8");
        }
        if (!text("on_error", "stop").equalsIgnoreCase("stop")) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "COPY ON_ERROR is not supported");
        }
        for (String name : List.of("default", "reject_limit")) {
            if (options.containsKey(name)) {
                throw error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "COPY %s is not supported".formatted(name.toUpperCase(Locale.ROOT)));
            }
        }
    }

    private static void checkDelimiter(String delimiter, boolean csv) {
        checkSingleByte(delimiter, "COPY delimiter must be a single one-byte character");
        if (delimiter.equals("\n") || delimiter.equals("\r")) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "COPY delimiter cannot be newline or carriage return");
        }
        if (!csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".contains(delimiter)) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "COPY delimiter cannot be \"%s\"".formatted(delimiter));
        }
    }

    private static void checkSingleByte(String text, String message) {
        if (text.getBytes(StandardCharsets.UTF_8).length != 1) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, message);
        }
    }

    private void csvOnly(String name, String message) {
        if (options.containsKey(name)) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, message);
        }
    }

    private void checkDirections() {
        if (from && options.containsKey("force_quote")) {
            throw error(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY FORCE_QUOTE cannot be used with COPY FROM");
        }
        for (String name : List.of("force_not_null", "force_null", "freeze")) {
            if (!from && options.containsKey(name)) {
                throw error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "COPY %s cannot be used with COPY TO"
                                .formatted(name.toUpperCase(Locale.ROOT)));
            }
        }
    }

    private CopyFormat.Header header() {
        Option option = options.get("header");
        if (option == null) {
            return CopyFormat.Header.NONE;
        }
        String value =
                option.values().isEmpty()
                        ? "true"
                        : option.values().getFirst().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "on", "1" -> CopyFormat.Header.PRESENT;
            case "false", "off", "0" -> CopyFormat.Header.NONE;
            case "match" -> {
                if (!from) {
                    throw error(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot use \"match\" with HEADER in COPY TO");
                }
                yield CopyFormat.Header.MATCH;
            }
            default ->
                    throw error(
                            SqlState.SYNTAX_ERROR, "header requires a Boolean value or \"match\"");
        };
    }

    private Set<String> columns(String name) {
        Option option = options.get(name);
        return option == null ? Set.of() : new HashSet<>(option.values());
    }

    private String text(String name, String otherwise) {
        @Nullable Option option = options.get(name);
        return option == null || option.values().isEmpty() ? otherwise : option.values().getFirst();
    }

    private int position(String name) {
        @Nullable Option option = options.get(name);
        return option == null ? -1 : option.position();
    }

    private static DatabaseException error(SqlState state, String message) {
        return new DatabaseException(state, message);
    }
}
