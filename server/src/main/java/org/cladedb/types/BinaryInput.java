package org.cladedb.types;

import org.cladedb.common.BigEndian;

/// Reads the parts of a binary value made of several, never beyond its end.
final class BinaryInput {
    private final byte[] source;
    private final int end;
    private int position;

    BinaryInput(byte[] source, int offset, int length) {
        this.source = source;
        position = offset;
        end = offset + length;
    }

    int readInt() {
        if (end - position < Integer.BYTES) {
            throw InputText.insufficientData();
        }
        int value = BigEndian.getInt(source, position);
        position += Integer.BYTES;
        return value;
    }

    /// An element with its length, -1 being NULL; detached from the source.
    Datum readElement(TypeCodec codec, SqlType type, TypeContext context) {
        int length = readInt();
        Datum value = new Datum();
        if (length == -1) {
            return value;
        }
        if (length < 0 || length > end - position) {
            throw InputText.insufficientData();
        }
        codec.readBinary(source, position, length, context, value);
        position += length;
        return value.freeze(type.form());
    }

    void requireEnd() {
        if (position != end) {
            throw InputText.incorrectBinary();
        }
    }
}
