package org.cladedb.types;

import java.util.Arrays;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// bytea, in hex (`\x00ff`) or in the older escaped form.
final class ByteaCodec implements TypeCodec {
    static final ByteaCodec INSTANCE = new ByteaCodec();

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private ByteaCodec() {}

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (length >= 2 && source[offset] == '\\' && source[offset + 1] == 'x') {
            readHex(source, offset + 2, offset + length, out);
        } else {
            readEscaped(source, offset, offset + length, out);
        }
    }

    private static void readHex(byte[] source, int start, int end, Datum out) {
        byte[] result = new byte[(end - start) / 2];
        int size = 0;
        int at = start;
        while (at < end) {
            if (isHexSpace(source[at])) {
                at++;
                continue;
            }
            int high = hexDigit(source, at, end);
            if (at + 1 == end) {
                throw new DatabaseException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid hexadecimal data: odd number of digits");
            }
            result[size++] = (byte) (high << 4 | hexDigit(source, at + 1, end));
            at += 2;
        }
        out.setBytes(size == result.length ? result : Arrays.copyOf(result, size));
    }

    private static boolean isHexSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\t' || character == '\r';
    }

    private static int hexDigit(byte[] source, int at, int end) {
        int digit = source[at] < 0 ? -1 : Character.digit(source[at], 16);
        if (digit < 0) {
            Utf8.check(source, at, end - at);
            int length = Utf8.prefixLength(source, at, end - at, 1);
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid hexadecimal digit: \"" + InputText.decode(source, at, length) + "\"");
        }
        return digit;
    }

    private static void readEscaped(byte[] source, int start, int end, Datum out) {
        byte[] result = new byte[end - start];
        int size = 0;
        int at = start;
        while (at < end) {
            if (source[at] != '\\') {
                result[size++] = source[at++];
            } else if (at + 1 < end && source[at + 1] == '\\') {
                result[size++] = '\\';
                at += 2;
            } else if (at + 3 < end
                    && source[at + 1] >= '0'
                    && source[at + 1] <= '3'
                    && (source[at + 2] & 0xF8) == '0'
                    && (source[at + 3] & 0xF8) == '0') {
                result[size++] =
                        (byte)
                                ((source[at + 1] - '0') << 6
                                        | (source[at + 2] - '0') << 3
                                        | (source[at + 3] - '0'));
                at += 4;
            } else {
                throw new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION,
                        "invalid input syntax for type bytea");
            }
        }
        out.setBytes(Arrays.copyOf(result, size));
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        if (context.byteaHex()) {
            writeHex(value, out);
        } else {
            writeEscaped(value, out);
        }
    }

    private static void writeHex(Datum value, ByteWriter out) {
        out.writeByte('\\');
        out.writeByte('x');
        byte[] source = value.bytes();
        byte[] target = out.reserve(Math.multiplyExact(2, value.length()));
        int at = out.size();
        for (int i = value.offset(); i < value.offset() + value.length(); i++) {
            target[at++] = HEX[source[i] >> 4 & 0xF];
            target[at++] = HEX[source[i] & 0xF];
        }
        out.advance(2 * value.length());
    }

    private static void writeEscaped(Datum value, ByteWriter out) {
        for (int i = value.offset(); i < value.offset() + value.length(); i++) {
            int single = value.bytes()[i] & 0xFF;
            if (single == '\\') {
                out.writeByte('\\');
                out.writeByte('\\');
            } else if (single < ' ' || single > '~') {
                out.writeByte('\\');
                out.writeByte('0' + (single >> 6));
                out.writeByte('0' + (single >> 3 & 7));
                out.writeByte('0' + (single & 7));
            } else {
                out.writeByte(single);
            }
        }
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        out.setBytes(source, offset, length);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeBytes(value.bytes(), value.offset(), value.length());
    }
}
