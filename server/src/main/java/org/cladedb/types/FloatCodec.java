package org.cladedb.types;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// real and double precision.
final class FloatCodec implements TypeCodec {
    static final FloatCodec REAL = new FloatCodec(true);
    static final FloatCodec DOUBLE = new FloatCodec(false);

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /// As C reads them.
    private static final Pattern HEXADECIMAL =
            Pattern.compile(
                    "[+-]?0[xX](\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)([pP][+-]?\\d+)?");

    private static final int SHORT_DOUBLE_LENGTH = 15;
    private static final int SHORT_FLOAT_LENGTH = 7;
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final boolean single;

    private FloatCodec(boolean single) {
        this.single = single;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (!readShort(source, offset, length, out)) {
            readAny(source, offset, length, out);
        }
    }

    /// Digits with or without a point, so few that number and power of ten are exact: then one
    /// division rounds right.
    private boolean readShort(byte[] source, int offset, int length, Datum out) {
        int end = offset + length;
        int at = length > 0 && source[offset] == '-' ? offset + 1 : offset;
        if (at == end || end - at > (single ? SHORT_FLOAT_LENGTH : SHORT_DOUBLE_LENGTH)) {
            return false;
        }
        long digits = 0;
        int point = -1;
        for (; at < end; at++) {
            int digit = source[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (source[at] == '.' && point < 0 && at + 1 < end) {
                point = at;
            } else {
                return false;
            }
        }
        double power = point < 0 ? 1 : POWERS_OF_TEN[end - point - 1];
        double value = single ? (float) digits / (float) power : digits / power;
        out.setDouble(source[offset] == '-' ? -value : value);
        return true;
    }

    private void readAny(byte[] source, int offset, int length, Datum out) {
        String given = InputText.decode(source, offset, length);
        int start = InputText.skipSpaces(source, offset, offset + length);
        int end = InputText.dropSpaces(source, start, offset + length);
        String text = InputText.decode(source, start, end - start);
        if (HEXADECIMAL.matcher(text).matches()) {
            boolean exponent = text.indexOf('p') >= 0 || text.indexOf('P') >= 0;
            text = exponent ? text : text + "p0";
        } else if (!NUMBER.matcher(text).matches()) {
            out.setDouble(special(text, given));
            return;
        }
        double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
        if (Double.isInfinite(value) || (value == 0 && hasNonZeroDigit(text))) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + text + "\" is out of range for type " + name());
        }
        out.setDouble(value);
    }

    private double special(String text, String given) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw InputText.invalid(name(), given);
        };
    }

    private static boolean hasNonZeroDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 'e' || character == 'E' || character == 'p' || character == 'P') {
                return false;
            }
            if (character >= '1' && character <= '9') {
                return true;
            }
        }
        return false;
    }

    private String name() {
        return single ? "real" : "double precision";
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        if (single) {
            FloatText.appendFloat(out, (float) value.doubleValue(), context.extraFloatDigits());
        } else {
            FloatText.appendDouble(out, value.doubleValue(), context.extraFloatDigits());
        }
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(single ? Float.BYTES : Double.BYTES, length);
        out.setDouble(
                single
                        ? Float.intBitsToFloat(BigEndian.getInt(source, offset))
                        : Double.longBitsToDouble(BigEndian.getLong(source, offset)));
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        if (single) {
            out.writeInt(Float.floatToRawIntBits((float) value.doubleValue()));
        } else {
            out.writeLong(Double.doubleToRawLongBits(value.doubleValue()));
        }
    }
}
