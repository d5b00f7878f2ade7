package org.cladedb.session;

import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Checks values of settings and brings them into canonical form, with PostgreSQL's messages.
final class SettingValues {
    private SettingValues() {}

    /// The canonical form of `value`.
    ///
    /// @throws DatabaseException 22023
    static String canonical(SettingDefinition definition, String value) {
        return switch (definition.kind()) {
            case BOOL -> bool(definition, value);
            case INTEGER -> SettingNumbers.integer(definition, value);
            case REAL -> SettingNumbers.real(definition, value);
            case ENUM -> choice(definition, value);
            case STRING -> SpecialSettings.canonical(definition, value);
        };
    }

    private static String bool(SettingDefinition definition, String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if (word.equals("1")
                    || word.equals("on")
                    || "true".startsWith(word)
                    || "yes".startsWith(word)) {
                return "on";
            }
            if (word.equals("0")
                    || "false".startsWith(word)
                    || "no".startsWith(word)
                    || (word.length() >= 2 && "off".startsWith(word))) {
                return "off";
            }
        }
        throw new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "parameter \"%s\" requires a Boolean value".formatted(definition.name()));
    }

    private static String choice(SettingDefinition definition, String value) {
        for (String choice : definition.choices()) {
            if (choice.equalsIgnoreCase(value)) {
                return choice;
            }
        }
        if (definition.name().equals("client_min_messages")) {
            switch (value.toLowerCase(Locale.ROOT)) {
                case "info" -> {
                    return "info";
                }
                case "debug" -> {
                    return "debug2";
                }
                default -> {}
            }
        }
        String boolish = onOff(value);
        if (definition.choices().contains(boolish)) {
            return boolish;
        }
        throw invalid(definition, value)
                .withHint("Available values: " + String.join(", ", definition.choices()) + ".");
    }

    private static String onOff(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> "on";
            case "false", "no", "0" -> "off";
            default -> value;
        };
    }

    static DatabaseException invalid(SettingDefinition definition, String value) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"%s\": \"%s\"".formatted(definition.name(), value));
    }
}
