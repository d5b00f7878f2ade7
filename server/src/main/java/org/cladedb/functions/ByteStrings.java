package org.cladedb.functions;

import java.util.Arrays;
import org.cladedb.types.Datum;

/// Compares and searches the bytes of cells without decoding them.
final class ByteStrings {
    private ByteStrings() {}

    static boolean equal(Datum value, byte[] other) {
        return Arrays.equals(
                value.bytes(),
                value.offset(),
                value.offset() + value.length(),
                other,
                0,
                other.length);
    }

    static boolean equalAscii(Datum value, String other) {
        if (value.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < other.length(); i++) {
            if (value.bytes()[value.offset() + i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where `needle` first occurs in `haystack` at or after `from`, relative to its start; -1 when
    /// it does not.
    static int indexOf(Datum haystack, Datum needle, int from) {
        byte[] bytes = haystack.bytes();
        byte[] wanted = needle.bytes();
        int last = haystack.length() - needle.length();
        if (needle.length() == 0) {
            return from <= haystack.length() ? from : -1;
        }
        byte first = wanted[needle.offset()];
        for (int i = from; i <= last; i++) {
            if (bytes[haystack.offset() + i] == first && matches(haystack, i, needle)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether `part` stands in `value` at `position`.
    static boolean matches(Datum value, int position, Datum part) {
        int start = value.offset() + position;
        return position + part.length() <= value.length()
                && Arrays.equals(
                        value.bytes(),
                        start,
                        start + part.length(),
                        part.bytes(),
                        part.offset(),
                        part.offset() + part.length());
    }
}
