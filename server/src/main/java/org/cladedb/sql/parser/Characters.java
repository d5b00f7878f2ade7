package org.cladedb.sql.parser;

import java.nio.charset.StandardCharsets;

/// Which chars may stand where in SQL text, and how names are folded and cut.
final class Characters {
    /// PostgreSQL's NAMEDATALEN less the terminator.
    static final int NAME_BYTES_MAX = 63;

    private static final int BYTES_PER_CHAR_MAX = 3;

    private Characters() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
    }

    static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= '\u0080';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    static boolean isOperator(char c) {
        return "~!@#^&|?+-*/%<>=".indexOf(c) >= 0;
    }

    /// The value of a digit in `radix`, or -1.
    static int digit(char c, int radix) {
        return c < '\u0080' ? Character.digit(c, radix) : -1;
    }

    /// The end of at most `count` digits from `start` on.
    static int digitsEnd(String text, int start, int radix, int count) {
        int end = start;
        while (end < text.length() && end < start + count && digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    /// Folds ASCII letters only, as PostgreSQL does for multi-byte encodings.
    static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                return foldFrom(name, i);
            }
        }
        return name;
    }

    private static String foldFrom(String name, int first) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = first; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /// Cuts a name to 63 bytes of UTF-8, between characters.
    static String cut(String name) {
        if (name.length() * BYTES_PER_CHAR_MAX <= NAME_BYTES_MAX
                || name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX) {
            return name;
        }
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int codePoint = name.codePointAt(end);
            bytes += utf8Length(codePoint);
            if (bytes > NAME_BYTES_MAX) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return name.substring(0, end);
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
