package org.cladedb.functions;

import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;

/// Counts and finds characters (code points) in UTF-8 bytes without decoding them.
final class Utf8 {
    private Utf8() {}

    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    static int characterCount(Datum text) {
        return characterCount(text.bytes(), text.offset(), text.length());
    }

    static int characterCount(byte[] bytes, int offset, int length) {
        return org.cladedb.types.Utf8.characters(bytes, offset, length);
    }

    /// How many bytes the first `count` characters take; the whole length when there are fewer.
    static int endOfCharacters(Datum text, int count) {
        return endOfCharacters(text.bytes(), text.offset(), text.length(), count);
    }

    static int endOfCharacters(byte[] bytes, int offset, int length, int count) {
        return org.cladedb.types.Utf8.prefixLength(bytes, offset, length, count);
    }

    /// The length of the character that starts with this byte.
    static int lengthOf(byte first) {
        if (first >= 0) {
            return 1;
        }
        return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    }

    static boolean isAscii(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int piece = Cancellation.pieceEnd(at, end);
            for (; at < piece; at++) {
                if (bytes[at] < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
