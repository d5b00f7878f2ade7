package org.cladedb.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Reads, checks and prints the numbers of settings as PostgreSQL does: C's notation of numbers,
/// then a unit if the setting has one.
final class SettingNumbers {
    private static final Pattern WHOLE =
            Pattern.compile(
                    "[ \\t\\n\\r\\f\\x0b]*([-+]?)(0[xX][0-9a-fA-F]++|[0-9]++)(?![.eE])(.*)",
                    Pattern.DOTALL);
    private static final Pattern FRACTION =
            Pattern.compile(
                    "[ \\t\\n\\r\\f\\x0b]*([-+]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?))(.*)",
                    Pattern.DOTALL);
    private static final Pattern HEXADECIMAL =
            Pattern.compile("\\s*([-+]?)0[xX]([0-9a-fA-F]+)(.*)", Pattern.DOTALL);
    private static final Pattern INFINITE =
            Pattern.compile(
                    "\\s*([-+]?)(?:infinity|inf)(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /// What was read: a number, and what stands after it.
    private record Read(double number, String rest) {}

    private SettingNumbers() {}

    /// The canonical form: digits, in the setting's own unit.
    ///
    /// @throws DatabaseException 22023
    static String integer(SettingDefinition definition, String value) {
        double number = Math.rint(inOwnUnit(definition, value, wholeOrFraction(definition, value)));
        if (number > Integer.MAX_VALUE || number < Integer.MIN_VALUE) {
            throw SettingValues.invalid(definition, value).withHint("Value exceeds integer range.");
        }
        String canonical = Long.toString((long) number);
        checkRange(definition, number, canonical);
        return canonical;
    }

    /// The canonical form, from which Java reads the same number.
    ///
    /// @throws DatabaseException 22023
    static String real(SettingDefinition definition, String value) {
        double number = inOwnUnit(definition, value, fraction(definition, value));
        checkRange(definition, number, GeneralFormat.of(number));
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static Read wholeOrFraction(SettingDefinition definition, String value) {
        Matcher whole = WHOLE.matcher(value);
        if (!whole.matches()) {
            return fraction(definition, value);
        }
        String digits = whole.group(2);
        boolean isOctal = digits.length() > 1 && digits.startsWith("0") && digits.matches("[0-7]+");
        if (digits.length() > 1 && digits.startsWith("0") && digits.matches("[0-9]+") && !isOctal) {
            throw SettingValues.invalid(definition, value);
        }
        double number =
                digits.startsWith("0x") || digits.startsWith("0X")
                        ? ofDigits(digits.substring(2), 16)
                        : ofDigits(digits, isOctal ? 8 : 10);
        return new Read(whole.group(1).equals("-") ? -number : number, whole.group(3));
    }

    private static Read fraction(SettingDefinition definition, String value) {
        Matcher hexadecimal = HEXADECIMAL.matcher(value);
        if (hexadecimal.matches()) {
            double number = ofDigits(hexadecimal.group(2), 16);
            boolean isNegative = hexadecimal.group(1).equals("-");
            return new Read(isNegative ? -number : number, hexadecimal.group(3));
        }
        Matcher infinite = INFINITE.matcher(value);
        if (infinite.matches()) {
            boolean isNegative = infinite.group(1).equals("-");
            return new Read(
                    isNegative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY,
                    infinite.group(2));
        }
        Matcher fraction = FRACTION.matcher(value);
        if (!fraction.matches()) {
            throw SettingValues.invalid(definition, value);
        }
        double number = Double.parseDouble(fraction.group(1));
        if (Double.isInfinite(number)) {
            throw SettingValues.invalid(definition, value);
        }
        return new Read(number, fraction.group(2));
    }

    private static double ofDigits(String digits, int radix) {
        double number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number * radix + Character.digit(digits.charAt(i), radix);
        }
        return number;
    }

    private static double inOwnUnit(SettingDefinition definition, String value, Read read) {
        String unit = read.rest().strip();
        if (unit.isEmpty()) {
            return read.number();
        }
        SettingUnits units = SettingUnits.of(definition.unit());
        if (units == null) {
            throw SettingValues.invalid(definition, value);
        }
        Double number = units.convert(read.number(), unit);
        if (number == null) {
            throw SettingValues.invalid(definition, value).withHint(units.hint());
        }
        return number;
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
                                    bound(definition, definition.minimum()),
                                    unit,
                                    bound(definition, definition.maximum()),
                                    unit));
        }
    }

    private static String bound(SettingDefinition definition, double bound) {
        return definition.kind() == SettingDefinition.Kind.INTEGER
                ? Long.toString((long) bound)
                : GeneralFormat.of(bound);
    }

    /// What SHOW prints for a canonical value.
    static String shown(SettingDefinition definition, String canonical) {
        SettingUnits units = SettingUnits.of(definition.unit());
        return switch (definition.kind()) {
            case BOOL, STRING, ENUM -> canonical;
            case INTEGER -> {
                long number = Long.parseLong(canonical);
                yield units == null || number <= 0 ? canonical : units.shown(number);
            }
            case REAL -> {
                double number = Double.parseDouble(canonical);
                yield units == null || number <= 0 ? GeneralFormat.of(number) : units.shown(number);
            }
        };
    }
}
