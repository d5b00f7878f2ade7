package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;

/// smallint, integer and bigint; and the unsigned oid, xid and cid.
final class IntegerCodec implements TypeCodec {
    private static final int UNDERSCORE = '_';
    private static final int PLAIN_DIGITS_MAX = 18;

    private final String name;
    private final int width;
    private final long least;
    private final long greatest;
    private final boolean unsigned;

    private IntegerCodec(TypeKind kind, int width, boolean unsigned) {
        name = kind.sqlName();
        this.width = width;
        this.unsigned = unsigned;
        least = Long.MIN_VALUE >> (Long.SIZE - Byte.SIZE * width);
        greatest = unsigned ? 0xFFFF_FFFFL : ~least;
    }

    static IntegerCodec of(TypeKind kind) {
        return new IntegerCodec(kind, kind.length(), false);
    }

    static IntegerCodec unsigned(TypeKind kind) {
        return new IntegerCodec(kind, Integer.BYTES, true);
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        long value = parse(source, offset, length);
        out.setLong(unsigned ? value & 0xFFFF_FFFFL : value);
    }

    /// The common case, digits and perhaps a minus sign; everything else goes the long way.
    private long parse(byte[] source, int offset, int length) {
        int end = offset + length;
        boolean negative = length > 0 && source[offset] == '-';
        int first = negative ? offset + 1 : offset;
        if (first == end || end - first > PLAIN_DIGITS_MAX) {
            return parseAny(source, offset, length);
        }
        long value = 0;
        for (int at = first; at < end; at++) {
            int digit = source[at] - '0';
            if (digit < 0 || digit > 9) {
                return parseAny(source, offset, length);
            }
            value = value * 10 + digit;
        }
        value = negative ? -value : value;
        if (value < least || value > greatest) {
            throw InputText.outOfRange(name, source, offset, length);
        }
        return value;
    }

    private long parseAny(byte[] source, int offset, int length) {
        int at = InputText.skipSpaces(source, offset, offset + length);
        int end = InputText.dropSpaces(source, at, offset + length);
        boolean negative = at < end && source[at] == '-';
        if (negative || (at < end && source[at] == '+')) {
            at++;
        }
        int radix = radix(source, at, end);
        if (radix != 10) {
            at += 2;
            // As in decimal, an underscore stands between digits; here also before the first.
            if (at < end && source[at] == UNDERSCORE) {
                at++;
            }
        }
        if (at == end) {
            throw InputText.invalid(name, source, offset, length);
        }
        // Negative numbers reach farther, so sum downwards.
        long sum = 0;
        boolean overflow = false;
        for (int first = at; at < end; at++) {
            int character = source[at];
            if (character == UNDERSCORE && at > first && at + 1 < end) {
                character = source[++at];
            }
            int digit = Character.digit(character, radix);
            if (digit < 0 || character >= 0x80) {
                throw InputText.invalid(name, source, offset, length);
            }
            if (sum < (Long.MIN_VALUE + digit) / radix) {
                overflow = true;
            } else {
                sum = sum * radix - digit;
            }
        }
        if (overflow || (!negative && sum == Long.MIN_VALUE)) {
            throw InputText.outOfRange(name, source, offset, length);
        }
        long value = negative ? sum : -sum;
        if (value < least || value > greatest) {
            throw InputText.outOfRange(name, source, offset, length);
        }
        return value;
    }

    private static int radix(byte[] source, int at, int end) {
        if (at + 2 >= end || source[at] != '0') {
            return 10;
        }
        return switch (source[at + 1]) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        Digits.append(out, value.longValue());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(width, length);
        switch (width) {
            case Short.BYTES -> out.setLong(BigEndian.getShort(source, offset));
            case Integer.BYTES -> {
                int value = BigEndian.getInt(source, offset);
                out.setLong(unsigned ? Integer.toUnsignedLong(value) : value);
            }
            default -> out.setLong(BigEndian.getLong(source, offset));
        }
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        switch (width) {
            case Short.BYTES -> out.writeShort((int) value.longValue());
            case Integer.BYTES -> out.writeInt((int) value.longValue());
            default -> out.writeLong(value.longValue());
        }
    }
}
