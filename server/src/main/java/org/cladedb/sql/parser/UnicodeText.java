package org.cladedb.sql.parser;

import org.cladedb.error.DatabaseException;

/// Text made of chars and of code points by number, where two numbers may be a surrogate pair.
final class UnicodeText {
    private static final String SURROGATES = "invalid Unicode surrogate pair";

    private final Failure failure;
    private final StringBuilder value = new StringBuilder();
    private char highSurrogate;

    /// Makes the error for the text between two offsets.
    interface Failure {
        DatabaseException at(String message, int start, int end);
    }

    UnicodeText(Failure failure) {
        this.failure = failure;
    }

    void append(char c, int position) {
        refuseOpenSurrogate(position);
        value.append(c);
    }

    void append(CharSequence text) {
        value.append(text);
    }

    String finish(int position) {
        refuseOpenSurrogate(position);
        return value.toString();
    }

    void appendCodePoint(long codePoint, int start, int end) {
        if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT) {
            throw failure.at("invalid Unicode escape value", start, end);
        }
        boolean low = isSurrogate(codePoint) && Character.isLowSurrogate((char) codePoint);
        if ((highSurrogate != 0) != low) {
            throw failure.at(SURROGATES, start, end);
        }
        if (low) {
            value.append(highSurrogate).append((char) codePoint);
            highSurrogate = 0;
        } else if (isSurrogate(codePoint)) {
            highSurrogate = (char) codePoint;
        } else {
            value.appendCodePoint((int) codePoint);
        }
    }

    private static boolean isSurrogate(long codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    void refuseOpenSurrogate(int position) {
        if (highSurrogate != 0) {
            throw failure.at(SURROGATES, position, position + 1);
        }
    }

    /// The value of `U&'raw'`, whose escapes are `\XXXX` and `\+XXXXXX`.
    ///
    /// @param content where `raw` starts in the statement. Doubled quotes shift what follows them:
    ///   PostgreSQL points a little off then as well.
    static String resolve(String raw, char escape, int content) {
        if (raw.indexOf(escape) < 0) {
            return raw;
        }
        UnicodeText result =
                new UnicodeText(
                        (message, start, _) -> TokenStream.complaint(message, content + start));
        int index = 0;
        while (index < raw.length()) {
            char c = raw.charAt(index);
            if (c != escape) {
                result.append(c, index);
                index++;
            } else if (index + 1 < raw.length() && raw.charAt(index + 1) == escape) {
                result.append(escape, index);
                index += 2;
            } else {
                index = result.appendEscape(raw, index, content);
            }
        }
        return result.finish(index);
    }

    private int appendEscape(String raw, int start, int content) {
        boolean longForm = start + 1 < raw.length() && raw.charAt(start + 1) == '+';
        int first = longForm ? start + 2 : start + 1;
        int digits = longForm ? 6 : 4;
        int end = Characters.digitsEnd(raw, first, 16, digits);
        if (end != first + digits) {
            throw TokenStream.complaint("invalid Unicode escape", content + start)
                    .withHint("Unicode escapes must be \\XXXX or \\+XXXXXX.");
        }
        appendCodePoint(Long.parseLong(raw, first, end, 16), start, end);
        return end;
    }
}
