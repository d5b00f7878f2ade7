package org.cladedb.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.TypeContext;

/// The string settings whose values have a meaning of their own.
final class SpecialSettings {
    private static final Set<String> LISTS_OF_NAMES =
            Set.of(
                    "search_path",
                    "temp_tablespaces",
                    "local_preload_libraries",
                    "session_preload_libraries");
    private static final Set<String> LISTS =
            Set.of(
                    "DateStyle",
                    "createrole_self_grant",
                    "restrict_nonsystem_relation_kind",
                    "wal_consistency_checking");

    private static final int NAME_BYTES_MAX = 63;

    private SpecialSettings() {}

    private static String words(SettingDefinition definition, String value, Set<String> known) {
        for (String word : SearchPath.split(value)) {
            if (!known.contains(word.toLowerCase(Locale.ROOT))) {
                throw SettingValues.invalid(definition, value)
                        .withDetail("Unrecognized key word: \"%s\".".formatted(word));
            }
        }
        return value;
    }

    static String canonical(SettingDefinition definition, String value) {
        return switch (definition.name()) {
            case "client_encoding" -> clientEncoding(definition, value);
            case "TimeZone" -> TimeZoneSetting.canonical(value);
            case "search_path" -> {
                SearchPath.split(value);
                yield value;
            }
            case "application_name" -> printable(value);
            case "createrole_self_grant" -> words(definition, value, Set.of("set", "inherit"));
            case "restrict_nonsystem_relation_kind" ->
                    words(definition, value, Set.of("view", "foreign-table"));
            default -> value;
        };
    }

    /// Names of encodings are compared by their letters and digits only.
    private static String clientEncoding(SettingDefinition definition, String value) {
        String name = value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return switch (name) {
            case "UTF8", "UNICODE" -> "UTF8";
            case "SQLASCII" -> "SQL_ASCII";
            case "LATIN1", "ISO88591", "LATIN9", "WIN1252", "EUCJP", "SJIS", "BIG5", "GBK" ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "conversion between %s and UTF8 is not supported".formatted(value));
            default -> throw SettingValues.invalid(definition, value);
        };
    }

    static TypeContext.DateStyle dateStyleOf(String canonical) {
        return switch (canonical) {
            case "ISO, DMY" -> TypeContext.DateStyle.ISO_DMY;
            case "ISO, YMD" -> TypeContext.DateStyle.ISO_YMD;
            default -> TypeContext.DateStyle.ISO_MDY;
        };
    }

    static TypeContext.IntervalStyle intervalStyleOf(String canonical) {
        return switch (canonical) {
            case "postgres_verbose" -> TypeContext.IntervalStyle.POSTGRES_VERBOSE;
            case "sql_standard" -> TypeContext.IntervalStyle.SQL_STANDARD;
            case "iso_8601" -> TypeContext.IntervalStyle.ISO_8601;
            default -> TypeContext.IntervalStyle.POSTGRES;
        };
    }

    /// How SET joins a list of values into one text.
    static String join(SettingDefinition definition, List<String> values) {
        if (LISTS_OF_NAMES.contains(definition.name())) {
            return String.join(", ", values.stream().map(SqlText::identifier).toList());
        }
        if (values.size() > 1 && !LISTS.contains(definition.name())) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "SET %s takes only one argument".formatted(definition.name()));
        }
        return String.join(", ", values);
    }

    /// What is not ASCII is shown by its bytes.
    private static String printable(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, NAME_BYTES_MAX);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (bytes[i] >= 32 && bytes[i] < 127) {
                clean.append((char) bytes[i]);
            } else {
                clean.append("\\x%02x".formatted(bytes[i]));
            }
        }
        return clean.toString();
    }
}
