package org.cladedb.functions;

import java.util.Arrays;
import org.cladedb.common.Cancellation;
import org.cladedb.types.ByteOrder;
import org.cladedb.types.Datum;

/// Compares and searches the bytes of cells without decoding them.
final class ByteStrings {
    private static final int WORK_MAX = 1 << 16;

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
        // How much of the bytes was looked at: a long needle may fit nearly everywhere.
        long work = 0;
        for (int i = from; i <= last; i++) {
            if (bytes[haystack.offset() + i] == first) {
                work += needle.length();
                if (matches(haystack, i, needle)) {
                    return i;
                }
            }
            if (++work > WORK_MAX) {
                Cancellation.check();
                work = 0;
            }
        }
        return -1;
    }

    /// Whether `part` stands in `value` at `position`.
    static boolean matches(Datum value, int position, Datum part) {
        int start = value.offset() + position;
        return position + part.length() <= value.length()
                && ByteOrder.equal(
                        value.bytes(), start, part.bytes(), part.offset(), part.length());
    }
}
