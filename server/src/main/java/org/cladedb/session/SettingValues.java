package org.cladedb.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Checks values of settings and brings them into canonical form, with PostgreSQL's messages.
final class SettingValues {
    private static final Map<String, Map<String, Double>> UNITS =
            Map.of(
                    "ms",
                            Map.of(
                                    "us", 0.001, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d",
                                    8.64e7),
                    "min", Map.of("s", 1 / 60.0, "min", 1.0, "h", 60.0, "d", 1440.0),
                    "B",
                            Map.of(
                                    "B",
                                    1.0,
                                    "kB",
                                    1024.0,
                                    "MB",
                                    1048576.0,
                                    "GB",
                                    1073741824.0,
                                    "TB",
                                    1099511627776.0),
                    "MB", Map.of("kB", 1.0 / 1024, "MB", 1.0, "GB", 1024.0, "TB", 1048576.0),
                    "s", Map.of("ms", 0.001, "s", 1.0, "min", 60.0, "h", 3600.0, "d", 86400.0),
                    "kB",
                            Map.of(
                                    "B",
                                    1.0 / 1024,
                                    "kB",
                                    1.0,
                                    "MB",
                                    1024.0,
                                    "GB",
                                    1048576.0,
                                    "TB",
                                    1073741824.0),
                    "8kB", Map.of("kB", 0.125, "MB", 128.0, "GB", 131072.0, "TB", 134217728.0));

    /// How far from a whole number of some unit a value may be to be shown as that.
    private static final double ROUNDING = 1e-8;

    private static final Map<String, List<String>> SHOWN_UNITS =
            Map.of(
                    "ms", List.of("d", "h", "min", "s", "ms", "us"),
                    "s", List.of("d", "h", "min", "s"),
                    "min", List.of("d", "h", "min"),
                    "B", List.of("TB", "GB", "MB", "kB", "B"),
                    "MB", List.of("TB", "GB", "MB"),
                    "kB", List.of("TB", "GB", "MB", "kB"),
                    "8kB", List.of("TB", "GB", "MB", "kB"));

    private SettingValues() {}

    /// The canonical form of `value`.
    ///
    /// @throws DatabaseException 22023
    static String canonical(SettingDefinition definition, String value) {
        return switch (definition.kind()) {
            case BOOL -> bool(definition, value);
            case INTEGER -> integer(definition, value);
            case REAL -> real(definition, value);
            case ENUM -> choice(definition, value);
            case STRING -> SpecialSettings.canonical(definition, value);
        };
    }

    /// What SHOW prints for a canonical value.
    static String shown(SettingDefinition definition, String canonical) {
        List<String> units = SHOWN_UNITS.get(definition.unit());
        if (units == null) {
            return canonical;
        }
        double value = Double.parseDouble(canonical);
        if (value <= 0) {
            return canonical;
        }
        Map<String, Double> factors = UNITS.getOrDefault(definition.unit(), Map.of());
        for (String unit : units) {
            double factor = factors.getOrDefault(unit, 1.0);
            double scaled = value / factor;
            if (Math.rint(scaled) >= 1 && Math.abs(Math.rint(scaled) / scaled - 1) <= ROUNDING) {
                return (long) Math.rint(scaled) + unit;
            }
        }
        return canonical + definition.unit();
    }

    private static String bool(SettingDefinition definition, String value) {
        String word = value.toLowerCase(Locale.ROOT).strip();
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

    private static String integer(SettingDefinition definition, String value) {
        String text = value.strip();
        int digits = numberLength(text);
        String unit = text.substring(digits).strip();
        BigDecimal number;
        try {
            number = new BigDecimal(text.substring(0, digits));
        } catch (NumberFormatException _) {
            throw invalid(definition, value);
        }
        if (!unit.isEmpty()) {
            Double factor = UNITS.getOrDefault(definition.unit(), Map.of()).get(unit);
            if (factor == null) {
                throw invalid(definition, value).withHint(unitHint(definition));
            }
            number = number.multiply(BigDecimal.valueOf(factor));
        }
        long result = number.setScale(0, RoundingMode.HALF_EVEN).longValue();
        checkRange(definition, (double) result, Long.toString(result));
        return Long.toString(result);
    }

    private static int numberLength(String text) {
        int i = 0;
        while (i < text.length() && "+-.0123456789eE".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static String unitHint(SettingDefinition definition) {
        return switch (definition.unit()) {
            case "ms", "s", "min" ->
                    "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and"
                            + " \"d\".";
            case "B", "kB", "8kB", "MB" ->
                    "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and"
                            + " \"TB\".";
            default -> "The parameter has no unit.";
        };
    }

    private static String real(SettingDefinition definition, String value) {
        String text = value.strip();
        String unit = definition.unit().isEmpty() ? "" : text.replaceAll("^[-+.0-9eE]*", "");
        String digits = text.substring(0, text.length() - unit.length());
        double number;
        try {
            number = Double.parseDouble(digits.strip());
        } catch (NumberFormatException _) {
            throw invalid(definition, value);
        }
        if (!unit.isEmpty()) {
            Double factor = UNITS.getOrDefault(definition.unit(), Map.of()).get(unit);
            if (factor == null) {
                throw invalid(definition, value).withHint(unitHint(definition));
            }
            number *= factor;
        }
        checkRange(definition, number, value.strip());
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static void checkRange(SettingDefinition definition, double number, String shown) {
        if (number < definition.minimum() || number > definition.maximum()) {
            String unit = definition.unit().isEmpty() ? "" : " " + definition.unit();
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "%s%s is outside the valid range for parameter \"%s\" (%s%s .. %s%s)"
                            .formatted(
                                    shown,
                                    unit,
                                    definition.name(),
                                    plain(definition.minimum()),
                                    unit,
                                    plain(definition.maximum()),
                                    unit));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    static DatabaseException invalid(SettingDefinition definition, String value) {
        return new DatabaseException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"%s\": \"%s\"".formatted(definition.name(), value));
    }
}
