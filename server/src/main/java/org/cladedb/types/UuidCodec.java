package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// uuid.
final class UuidCodec implements TypeCodec {
    static final UuidCodec INSTANCE = new UuidCodec();

    private static final int BYTES = 16;
    private static final int TEXT_BYTES = 36;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private UuidCodec() {}

    /// Reads hex digits with or without braces, and with a hyphen after any four.
    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        int at = offset;
        int end = offset + length;
        boolean braces = length > 0 && source[at] == '{';
        if (braces) {
            at++;
        }
        byte[] result = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            int high = at + 1 < end ? digit(source[at]) : -1;
            int low = at + 1 < end ? digit(source[at + 1]) : -1;
            if (high < 0 || low < 0) {
                throw InputText.invalid("uuid", source, offset, length);
            }
            result[i] = (byte) (high << 4 | low);
            at += 2;
            if (at < end && source[at] == '-' && i % 2 == 1 && i < BYTES - 1) {
                at++;
            }
        }
        if (braces && at < end && source[at] == '}') {
            at++;
        } else if (braces) {
            throw InputText.invalid("uuid", source, offset, length);
        }
        if (at != end) {
            throw InputText.invalid("uuid", source, offset, length);
        }
        out.setBytes(result);
    }

    private static int digit(byte character) {
        return character < 0 ? -1 : Character.digit(character, 16);
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        byte[] target = out.reserve(TEXT_BYTES);
        byte[] source = value.bytes();
        int at = out.size();
        for (int i = 0; i < BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                target[at++] = '-';
            }
            int single = source[value.offset() + i];
            target[at++] = HEX[single >> 4 & 0xF];
            target[at++] = HEX[single & 0xF];
        }
        out.advance(TEXT_BYTES);
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(BYTES, length);
        out.setBytes(source, offset, length);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeBytes(value.bytes(), value.offset(), BYTES);
    }
}
