package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// Writes UTF-8 text as JSON strings, copying runs of characters that need no escape.
public final class JsonEscaper {
    /// By byte: 0 for plain, the letter of a short escape, or 'u'.
    private static final byte[] ESCAPES = new byte[256];

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int UNICODE_ESCAPE_BYTES = 6;

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
        out.writeByte('"');
        append(out, source, offset, length);
        out.writeByte('"');
    }

    /// Appends the text without quotes, escaped.
    public static void append(ByteWriter out, byte[] source, int offset, int length) {
        int end = offset + length;
        byte[] target = out.reserve(length);
        int at = out.size();
        for (int i = offset; i < end; i++) {
            byte character = source[i];
            if (ESCAPES[character & 0xFF] != 0) {
                out.advance(i - offset);
                appendRest(out, source, i, end);
                return;
            }
            target[at++] = character;
        }
        out.advance(length);
    }

    private static void appendRest(ByteWriter out, byte[] source, int start, int end) {
        int copied = start;
        for (int i = start; i < end; i++) {
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
