package org.cladedb.session;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// Values of `DateStyle`: the order in which the parts of a date are read, and how dates are
/// printed, which is ISO's only.
final class DateStyleSetting {
    private @Nullable String style;
    private TypeContext.@Nullable DateStyle order;
    private boolean isConflicting;

    private String unchanged;

    private DateStyleSetting(String current) {
        unchanged = current;
    }

    /// @param current the canonical value until now, from which comes what `value` does not say
    /// @param initial the canonical value that `default` means
    static String canonical(
            SettingDefinition definition, String value, String current, String initial) {
        DateStyleSetting setting = new DateStyleSetting(current);
        if (value.isBlank()) {
            return current;
        }
        List<String> parts = List.of(value.split(",", -1));
        if (parts.stream().anyMatch(String::isBlank)) {
            throw SettingValues.invalid(definition, value).withDetail("List syntax is invalid.");
        }
        for (String part : parts) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            if (word.equals("default")) {
                setting.unchanged = initial;
            } else if (!setting.accept(word)) {
                throw SettingValues.invalid(definition, value)
                        .withDetail("Unrecognized key word: \"%s\".".formatted(part.strip()));
            }
        }
        if (setting.isConflicting) {
            throw SettingValues.invalid(definition, value)
                    .withDetail("Conflicting \"DateStyle\" specifications.");
        }
        String style = setting.style;
        if (style != null && !style.equals("iso")) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "DateStyle \"%s\" is not supported".formatted(style));
        }
        TypeContext.DateStyle order = setting.order;
        return order == null ? setting.unchanged : name(order);
    }

    private boolean accept(String word) {
        switch (word) {
            case "mdy", "us" -> order(TypeContext.DateStyle.ISO_MDY);
            case "dmy" -> order(TypeContext.DateStyle.ISO_DMY);
            case "ymd" -> order(TypeContext.DateStyle.ISO_YMD);
            case "iso", "sql" -> style(word);
            default -> {
                if (word.startsWith("postgres")) {
                    style("postgres");
                } else if (word.startsWith("german")) {
                    style("german");
                } else if (word.startsWith("euro")) {
                    order(TypeContext.DateStyle.ISO_DMY);
                } else if (word.startsWith("noneuro")) {
                    order(TypeContext.DateStyle.ISO_MDY);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private void style(String chosen) {
        isConflicting |= style != null && !style.equals(chosen);
        style = chosen;
    }

    private void order(TypeContext.DateStyle chosen) {
        isConflicting |= order != null && order != chosen;
        order = chosen;
    }

    private static String name(TypeContext.DateStyle style) {
        return switch (style) {
            case ISO_MDY -> "ISO, MDY";
            case ISO_DMY -> "ISO, DMY";
            case ISO_YMD -> "ISO, YMD";
        };
    }
}
