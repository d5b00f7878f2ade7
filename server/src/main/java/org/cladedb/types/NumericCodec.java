package org.cladedb.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.common.ByteWriter;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// numeric, with or without precision and scale.
final class NumericCodec implements TypeCodec {
    /// The most digits before and after the decimal point.
    static final int INTEGER_DIGITS_MAX = 131_072;

    static final int SCALE_MAX = 16_383;

    private static final int FAST_DIGITS_MAX = 18;
    private static final int EXPONENT_MAX = Integer.MAX_VALUE / 2;

    private static final Pattern BASED = Pattern.compile("([+-]?)0([xXoObB])((?:_?[0-9a-fA-F])+)");

    private final SqlType type;

    NumericCodec(SqlType type) {
        this.type = type;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (!readShort(source, offset, length, out)) {
            parse(source, offset, length, out);
        }
        if (type.modifier() >= 0) {
            TypeModifiers.applyNumeric(out, type.modifier());
        }
    }

    /// The common case: an optional sign, a few digits, perhaps a point; nothing else.
    private static boolean readShort(byte[] source, int offset, int length, Datum out) {
        int at = offset;
        int end = offset + length;
        boolean negative = length > 0 && source[at] == '-';
        if (negative) {
            at++;
        }
        int digits = 0;
        int point = -1;
        long value = 0;
        for (; at < end; at++) {
            int digit = source[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
            } else if (source[at] == '.' && point < 0) {
                point = at;
            } else {
                return false;
            }
            if (digits > FAST_DIGITS_MAX) {
                return false;
            }
        }
        if (digits == 0) {
            return false;
        }
        out.setNumeric(negative ? -value : value, point < 0 ? 0 : end - point - 1);
        return true;
    }

    private static void parse(byte[] source, int offset, int length, Datum out) {
        String given = InputText.decode(source, offset, length);
        int start = InputText.skipSpaces(source, offset, offset + length);
        int end = InputText.dropSpaces(source, start, offset + length);
        String text = InputText.decode(source, start, end - start);
        switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> out.setNumeric(NumericSpecial.NAN);
            case "infinity", "+infinity", "inf", "+inf" ->
                    out.setNumeric(NumericSpecial.POSITIVE_INFINITY);
            case "-infinity", "-inf" -> out.setNumeric(NumericSpecial.NEGATIVE_INFINITY);
            default -> {
                BigDecimal whole = withBase(text);
                out.setNumeric(
                        whole != null ? whole : decimal(withoutSeparators(text, given), given));
            }
        }
    }

    /// An integer in another base, `0x1F` and the like; null for others.
    private static @Nullable BigDecimal withBase(String text) {
        Matcher matcher = BASED.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int base =
                switch (matcher.group(2)) {
                    case "x", "X" -> 16;
                    case "o", "O" -> 8;
                    default -> 2;
                };
        String digits = matcher.group(3).replace("_", "");
        if (digits.length() > INTEGER_DIGITS_MAX
                || digits.chars().anyMatch(digit -> Character.digit(digit, base) < 0)) {
            return null;
        }
        BigInteger value = new BigInteger(digits, base);
        return requireInRange(
                new BigDecimal(matcher.group(1).equals("-") ? value.negate() : value));
    }

    /// The text without the underscores that may stand between digits.
    private static String withoutSeparators(String text, String given) {
        int at = text.indexOf('_');
        if (at < 0) {
            return text;
        }
        for (; at >= 0; at = text.indexOf('_', at + 1)) {
            if (!isDigit(text, at - 1) || !isDigit(text, at + 1)) {
                throw InputText.invalid("numeric", given);
            }
        }
        return text.replace("_", "");
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static BigDecimal decimal(String text, String given) {
        int exponentAt = -1;
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length() && exponentAt < 0; i++) {
            char character = text.charAt(i);
            if (character >= '0' && character <= '9') {
                digits++;
            } else if (character == '.') {
                points++;
            } else if ((character == 'e' || character == 'E') && digits > 0) {
                exponentAt = i;
            } else if (i > 0 || (character != '+' && character != '-')) {
                throw InputText.invalid("numeric", given);
            }
        }
        if (digits == 0 || points > 1) {
            throw InputText.invalid("numeric", given);
        }
        String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
        long exponent = exponentAt < 0 ? 0 : exponent(text.substring(exponentAt + 1), given);
        // The point may be last, which BigDecimal accepts, and before the exponent.
        int fraction =
                mantissa.indexOf('.') < 0 ? 0 : mantissa.length() - mantissa.indexOf('.') - 1;
        requireRepresentable(digits, fraction, exponent);
        BigDecimal value = LargeDecimals.parse(mantissa).scaleByPowerOfTen((int) exponent);
        value = value.signum() == 0 && value.scale() < 0 ? BigDecimal.ZERO : value;
        return requireInRange(value);
    }

    private static long exponent(String text, String given) {
        int digitsAt = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        if (digitsAt == text.length()) {
            throw InputText.invalid("numeric", given);
        }
        long value = 0;
        for (int i = digitsAt; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw InputText.invalid("numeric", given);
            }
            value = Math.min(value * 10 + digit, Integer.MAX_VALUE);
        }
        if (value >= EXPONENT_MAX) {
            throw overflow();
        }
        return text.startsWith("-") ? -value : value;
    }

    /// Refuses sizes before anything of that size is computed.
    private static void requireRepresentable(int digits, int fraction, long exponent) {
        if (digits > INTEGER_DIGITS_MAX + SCALE_MAX
                || fraction - exponent > SCALE_MAX
                || exponent > 2L * INTEGER_DIGITS_MAX) {
            throw overflow();
        }
    }

    /// Throws 22003 when a decimal is beyond what numeric holds.
    static BigDecimal requireInRange(BigDecimal value) {
        if (value.scale() > SCALE_MAX
                || (value.signum() != 0
                        && LargeDecimals.integerDigits(value) > INTEGER_DIGITS_MAX)) {
            throw overflow();
        }
        return value;
    }

    static DatabaseException overflow() {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        NumericText.append(out, value);
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        NumericBinary.read(source, offset, length, out);
        if (type.modifier() >= 0) {
            TypeModifiers.applyNumeric(out, type.modifier());
        }
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        NumericBinary.append(out, value);
    }
}
