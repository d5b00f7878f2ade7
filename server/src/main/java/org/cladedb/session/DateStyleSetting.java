package org.cladedb.session;

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

    private DateStyleSetting() {}

    static String canonical(SettingDefinition definition, String value) {
        DateStyleSetting setting = new DateStyleSetting();
        for (String part : value.split(",", -1)) {
            if (!setting.accept(part.strip().toLowerCase(Locale.ROOT))) {
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
        return name(order == null ? TypeContext.DateStyle.ISO_MDY : order);
    }

    private boolean accept(String word) {
        switch (word) {
            case "default" -> {}
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
