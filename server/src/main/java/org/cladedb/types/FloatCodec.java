package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

import java.util.Locale;
import java.util.regex.Pattern;

/// real and double precision.
final class FloatCodec implements TypeCodec {
    static final FloatCodec REAL = new FloatCodec(true);
    static final FloatCodec DOUBLE = new FloatCodec(false);

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final boolean single;

    private FloatCodec(boolean single) {
        this.single = single;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        String given = InputText.decode(source, offset, length);
        int start = InputText.skipSpaces(source, offset, offset + length);
        int end = InputText.dropSpaces(source, start, offset + length);
        String text = InputText.decode(source, start, end - start);
        if (!NUMBER.matcher(text).matches()) {
            out.setDouble(special(text, given));
            return;
        }
        double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
        if (Double.isInfinite(value) || value == 0 && hasNonZeroDigit(text)) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + text + "\" is out of range for type " + name());
        }
        out.setDouble(value);
    }

    private double special(String text, String given) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw InputText.invalid(name(), given);
        };
    }

    private static boolean hasNonZeroDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 'e' || character == 'E') {
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
