package org.cladedb.encoding;

import java.util.Arrays;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Invariant;
import org.cladedb.types.Datum;

/// Key payloads of text and bytea.
///
/// Text holds no zero byte, so it stands in the key as it is, ended by one zero. In bytea a zero
/// byte becomes `00 FF` and the end is `00 00`.
final class KeyBytes {
    private static final int MODIFIER_HEADER = 4;

    private KeyBytes() {}

    static void appendText(ByteWriter out, byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            Invariant.check(source[i] != 0, "text holds no zero byte");
        }
        out.writeBytes(source, offset, length);
        out.writeByte(0);
    }

    /// The length of a char(n) value without its trailing blanks, which do not count.
    static int lengthWithoutBlanks(Datum value) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        while (end > value.offset() && bytes[end - 1] == ' ') {
            end--;
        }
        return end - value.offset();
    }

    /// The position of the zero byte (as masked) that ends the text at `position`.
    static int terminator(byte[] key, int position, byte mask) {
        int end = position;
        while (key[end] != mask) {
            end++;
        }
        return end;
    }

    /// Sets a char(n) value with its blanks put back.
    static void setPadded(byte[] key, int position, int length, int modifier, Datum out) {
        int characters = 0;
        for (int i = position; i < position + length; i++) {
            characters += (key[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        int missing = modifier - MODIFIER_HEADER - characters;
        if (missing <= 0) {
            out.setBytes(key, position, length);
            return;
        }
        byte[] padded = new byte[length + missing];
        System.arraycopy(key, position, padded, 0, length);
        Arrays.fill(padded, length, padded.length, (byte) ' ');
        out.setBytes(padded);
    }

    static void append(ByteWriter out, byte[] source, int offset, int length) {
        int end = offset + length;
        int copied = offset;
        for (int i = offset; i < end; i++) {
            if (source[i] == 0) {
                out.writeBytes(source, copied, i + 1 - copied);
                out.writeByte(0xFF);
                copied = i + 1;
            }
        }
        out.writeBytes(source, copied, end - copied);
        out.writeShort(0);
    }

    static int skip(byte[] key, int position, byte mask) {
        int i = position;
        while (true) {
            i = terminator(key, i, mask);
            if (key[i + 1] == mask) {
                return i + 2;
            }
            i += 2;
        }
    }

    /// Reads an ascending bytea; points into the key when nothing is escaped.
    static int decode(byte[] key, int position, Datum out) {
        int end = skip(key, position, (byte) 0);
        int first = terminator(key, position, (byte) 0);
        if (first == end - 2) {
            out.setBytes(key, position, first - position);
            return end;
        }
        byte[] plain = new byte[end - 2 - position];
        int size = 0;
        for (int i = position; i < end - 2; i++) {
            plain[size++] = key[i];
            if (key[i] == 0) {
                i++;
            }
        }
        out.setBytes(plain, 0, size);
        return end;
    }
}
