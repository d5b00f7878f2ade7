package org.cladedb.types;

import java.util.Locale;
import org.cladedb.common.ByteWriter;

/// boolean.
final class BooleanCodec implements TypeCodec {
    static final BooleanCodec INSTANCE = new BooleanCodec();

    private static final int OFF_LENGTH_MIN = 2;

    private BooleanCodec() {}

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        int start = InputText.skipSpaces(source, offset, offset + length);
        int end = InputText.dropSpaces(source, start, offset + length);
        if (end - start == 1) {
            switch (source[start]) {
                case 't', 'T', '1', 'y', 'Y' -> {
                    out.setBoolean(true);
                    return;
                }
                case 'f', 'F', '0', 'n', 'N' -> {
                    out.setBoolean(false);
                    return;
                }
                default -> throw InputText.invalid("boolean", source, offset, length);
            }
        }
        String word = InputText.decode(source, start, end - start).toLowerCase(Locale.ROOT);
        if ((!word.isEmpty() && ("true".startsWith(word) || "yes".startsWith(word)))
                || word.equals("on")) {
            out.setBoolean(true);
        } else if ((!word.isEmpty() && ("false".startsWith(word) || "no".startsWith(word)))
                || (word.length() >= OFF_LENGTH_MIN && "off".startsWith(word))) {
            out.setBoolean(false);
        } else {
            throw InputText.invalid("boolean", source, offset, length);
        }
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        out.writeByte(value.booleanValue() ? 't' : 'f');
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(1, length);
        out.setBoolean(source[offset] != 0);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeByte(value.booleanValue() ? 1 : 0);
    }
}
