package org.cladedb.session;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.TypeContext;

/// The string settings whose values have a meaning of their own.
final class SpecialSettings {
    private SpecialSettings() {}

    static String canonical(SettingDefinition definition, String value) {
        return switch (definition.name()) {
            case "client_encoding" -> clientEncoding(definition, value);
            case "DateStyle" -> dateStyleName(dateStyle(definition, value));
            case "TimeZone" -> TimeZoneSetting.canonical(value);
            case "search_path" -> {
                SearchPath.split(value);
                yield value;
            }
            case "application_name" -> printable(value);
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

    private static TypeContext.DateStyle dateStyle(SettingDefinition definition, String value) {
        TypeContext.DateStyle order = TypeContext.DateStyle.ISO_MDY;
        for (String part : value.split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            switch (word) {
                case "iso", "default" -> {}
                case "mdy", "us", "noneuro", "noneuropean" -> order = TypeContext.DateStyle.ISO_MDY;
                case "dmy", "euro", "european" -> order = TypeContext.DateStyle.ISO_DMY;
                case "ymd" -> order = TypeContext.DateStyle.ISO_YMD;
                case "sql", "postgres", "german" ->
                        throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "DateStyle \"%s\" is not supported".formatted(word));
                default -> throw SettingValues.invalid(definition, value);
            }
        }
        return order;
    }

    private static String dateStyleName(TypeContext.DateStyle style) {
        return switch (style) {
            case ISO_MDY -> "ISO, MDY";
            case ISO_DMY -> "ISO, DMY";
            case ISO_YMD -> "ISO, YMD";
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
        if (definition.name().equals("search_path")) {
            return String.join(", ", values.stream().map(SqlText::identifier).toList());
        }
        if (values.size() > 1 && !definition.name().equals("DateStyle")) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "SET %s takes only one argument".formatted(definition.name()));
        }
        return String.join(", ", values);
    }

    private static String printable(String value) {
        StringBuilder clean = new StringBuilder();
        value.chars().limit(63).forEach(c -> clean.append(c >= 32 && c < 127 ? (char) c : '?'));
        return clean.toString();
    }
}
