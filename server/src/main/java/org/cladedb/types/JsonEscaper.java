package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;

/// Writes UTF-8 text as JSON strings, copying runs of characters that need no escape.
public final class JsonEscaper {
    /// By byte: 0 for plain, the letter of a short escape, or 'u'.
    private static final byte[] ESCAPES = new byte[256];

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int UNICODE_ESCAPE_BYTES = 6;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    static {
        for (int i = 0; i < ' '; i++) {
            ESCAPES[i] = 'u';
        }
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private JsonEscaper() {}

    /// Appends the text in quotes.
    public static void appendQuoted(ByteWriter out, byte[] source, int offset, int length) {
        byte[] target = out.reserve(length + 2);
        int start = out.size();
        target[start] = '"';
        int copied = copyPlain(source, offset, offset + length, target, start + 1);
        out.advance(copied + 1);
        if (copied < length) {
            appendRest(out, source, offset + copied, offset + length);
            out.writeByte('"');
        } else {
            target[start + 1 + length] = '"';
            out.advance(1);
        }
    }

    /// Appends the text without quotes, escaped.
    public static void append(ByteWriter out, byte[] source, int offset, int length) {
        byte[] target = out.reserve(length);
        int copied = copyPlain(source, offset, offset + length, target, out.size());
        out.advance(copied);
        if (copied < length) {
            appendRest(out, source, offset + copied, offset + length);
        }
    }

    /// Copies up to the first character that needs an escape; returns how many bytes that was.
    private static int copyPlain(byte[] source, int start, int end, byte[] target, int at) {
        int from = start;
        int to = at;
        for (; from + Long.BYTES <= end; from += Long.BYTES, to += Long.BYTES) {
            long bytes = BigEndian.getLong(source, from);
            if (needsEscape(bytes)) {
                break;
            }
            Cancellation.check(from - start + Long.BYTES);
            BigEndian.putLong(target, to, bytes);
        }
        for (; from < end; from++, to++) {
            byte character = source[from];
            if (ESCAPES[character & 0xFF] != 0) {
                break;
            }
            target[to] = character;
        }
        return from - start;
    }

    /// Whether one of eight bytes is a control character, a quote or a backslash. The subtractions
    /// borrow from a higher byte only where a lower one matches already.
    private static boolean needsEscape(long bytes) {
        long quotes = bytes ^ QUOTES;
        long backslashes = bytes ^ BACKSLASHES;
        long found =
                ((bytes - SPACES) & ~bytes)
                        | ((quotes - ONES) & ~quotes)
                        | ((backslashes - ONES) & ~backslashes);
        return (found & HIGH_BITS) != 0;
    }

    private static void appendRest(ByteWriter out, byte[] source, int start, int end) {
        int copied = start;
        for (int i = start; i < end; i++) {
            Cancellation.check(i - start + 1L);
            byte escape = ESCAPES[source[i] & 0xFF];
            if (escape == 0) {
                continue;
            }
            out.writeBytes(source, copied, i - copied);
            copied = i + 1;
            if (escape == 'u') {
                appendUnicode(out, source[i]);
            } else {
                out.writeByte('\\');
                out.writeByte(escape);
            }
        }
        out.writeBytes(source, copied, end - copied);
    }

    private static void appendUnicode(ByteWriter out, byte character) {
        byte[] target = out.reserve(UNICODE_ESCAPE_BYTES);
        int at = out.size();
        target[at] = '\\';
        target[at + 1] = 'u';
        target[at + 2] = '0';
        target[at + 3] = '0';
        target[at + 4] = HEX[character >> 4 & 0xF];
        target[at + 5] = HEX[character & 0xF];
        out.advance(UNICODE_ESCAPE_BYTES);
    }
}
