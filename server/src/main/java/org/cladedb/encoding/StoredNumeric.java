package org.cladedb.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// A numeric inside a row: a byte of scale, then the unscaled number in as few bytes as it takes
/// (two's complement, none for zero); or a byte that says what else it is.
final class StoredNumeric {
    private static final int SMALL_SCALE_MAX = 0xEF;
    private static final int NEGATIVE_INFINITY = 0xF0;
    private static final int POSITIVE_INFINITY = 0xF1;
    private static final int NAN = 0xF2;
    private static final int BIG = 0xF3;
    private static final int BIG_HEADER = 5;

    /// No small numeric takes more bytes, in either form.
    static final int SMALL_BYTES_MAX = BIG_HEADER + Long.BYTES;

    private StoredNumeric() {}

    static void append(ByteWriter out, Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            out.writeByte(
                    switch (special) {
                        case NEGATIVE_INFINITY -> NEGATIVE_INFINITY;
                        case POSITIVE_INFINITY -> POSITIVE_INFINITY;
                        case NAN -> NAN;
                    });
        } else if (value.isSmallNumeric() && value.numericScale() <= SMALL_SCALE_MAX) {
            out.writeByte(value.numericScale());
            long unscaled = value.longValue();
            if (unscaled != 0) {
                int width = width(unscaled);
                // The writer's room beyond the number is overwritten by what comes next.
                byte[] array = out.reserve(Long.BYTES);
                BigEndian.putLong(array, out.size(), unscaled << (Long.SIZE - Byte.SIZE * width));
                out.advance(width);
            }
        } else {
            BigDecimal big = value.numericValue();
            out.writeByte(BIG);
            out.writeInt(big.scale());
            out.writeBytes(big.unscaledValue().toByteArray());
        }
    }

    /// The bytes that `value` takes in two's complement.
    private static int width(long value) {
        int significant = Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63));
        return significant / Byte.SIZE + 1;
    }

    static void read(byte[] source, int position, int length, Datum out) {
        int header = source[position] & 0xFF;
        if (header <= SMALL_SCALE_MAX) {
            out.setNumeric(unscaled(source, position + 1, length - 1), header);
            return;
        }
        switch (header) {
            case NEGATIVE_INFINITY -> out.setNumeric(NumericSpecial.NEGATIVE_INFINITY);
            case POSITIVE_INFINITY -> out.setNumeric(NumericSpecial.POSITIVE_INFINITY);
            case NAN -> out.setNumeric(NumericSpecial.NAN);
            default ->
                    out.setNumeric(
                            new BigDecimal(
                                    new BigInteger(
                                            source, position + BIG_HEADER, length - BIG_HEADER),
                                    BigEndian.getInt(source, position + 1)));
        }
    }

    private static long unscaled(byte[] source, int position, int width) {
        if (position + Long.BYTES <= source.length) {
            return width == 0
                    ? 0
                    : BigEndian.getLong(source, position) >> (Long.SIZE - Byte.SIZE * width);
        }
        long value = width > 0 ? source[position] : 0;
        for (int i = 1; i < width; i++) {
            value = value << Byte.SIZE | (source[position + i] & 0xFF);
        }
        return value;
    }
}
