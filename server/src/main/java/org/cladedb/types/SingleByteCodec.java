package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// The internal type `"char"`: one byte; no byte at all stands for a zero one.
public final class SingleByteCodec implements TypeCodec {
    static final SingleByteCodec INSTANCE = new SingleByteCodec();

    private static final int ESCAPE_LENGTH = 4;

    private SingleByteCodec() {}

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (length == ESCAPE_LENGTH && source[offset] == '\\' && isOctal(source, offset + 1)) {
            int value =
                    (source[offset + 1] - '0') << 6
                            | (source[offset + 2] - '0') << 3
                            | (source[offset + 3] - '0');
            set(out, (byte) value);
        } else {
            out.setBytes(source, offset, Math.min(length, 1));
        }
    }

    private static boolean isOctal(byte[] source, int at) {
        return (source[at] & 0xF8) == '0'
                && (source[at + 1] & 0xF8) == '0'
                && (source[at + 2] & 0xF8) == '0';
    }

    /// A byte that is no ASCII is told in octal.
    public static void print(Datum value, Datum out) {
        ByteWriter text = new ByteWriter(ESCAPE_LENGTH);
        append(value, text);
        out.setBytes(text.array(), 0, text.size());
    }

    private static void set(Datum out, byte value) {
        out.setBytes(value == 0 ? new byte[0] : new byte[] {value});
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        append(value, out);
    }

    private static void append(Datum value, ByteWriter out) {
        if (value.length() == 0) {
            return;
        }
        int single = value.bytes()[value.offset()] & 0xFF;
        if (single < 0x80) {
            out.writeByte(single);
        } else {
            out.writeByte('\\');
            out.writeByte('0' + (single >> 6));
            out.writeByte('0' + (single >> 3 & 7));
            out.writeByte('0' + (single & 7));
        }
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(1, length);
        set(out, source[offset]);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeByte(value.length() == 0 ? 0 : value.bytes()[value.offset()]);
    }
}
