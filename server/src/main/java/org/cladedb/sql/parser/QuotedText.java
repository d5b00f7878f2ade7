package org.cladedb.sql.parser;

import org.jspecify.annotations.Nullable;

/// Scans everything between quotes: strings of all notations and quoted names.
final class QuotedText {
    private final String text;

    QuotedText(String text) {
        this.text = text;
    }

    /// What the quotes hold, and the offset after it.
    record Value(String text, int end) {}

    /// `'…'` whose content starts at `content`; also the digits of bit strings.
    Value plain(int start, int content) {
        StringBuilder value = new StringBuilder();
        int from = content;
        while (true) {
            int quote = text.indexOf('\'', from);
            if (quote < 0) {
                throw unterminated(start);
            }
            value.append(text, from, quote);
            if (at(quote + 1) == '\'') {
                value.append('\'');
                from = quote + 2;
                continue;
            }
            int next = continuation(quote + 1);
            if (next < 0) {
                return new Value(value.toString(), quote + 1);
            }
            from = next;
        }
    }

    /// `E'…'` that starts at `start`.
    Value escaped(int start) {
        EscapedText value = new EscapedText(text);
        int index = start + 2;
        while (true) {
            if (index >= text.length()) {
                throw unterminated(start);
            }
            char c = text.charAt(index);
            if (c == '\\' && index + 1 < text.length()) {
                index = value.escape(index);
            } else if (c == '\'') {
                if (at(index + 1) == '\'') {
                    value.append('\'', index);
                    index += 2;
                    continue;
                }
                int next = continuation(index + 1);
                if (next < 0) {
                    return new Value(value.finish(index), index + 1);
                }
                index = next;
            } else {
                value.append(c, index);
                index++;
            }
        }
    }

    /// `"…"` or a name in backquotes.
    Value name(int start, char delimiter) {
        return delimited(start, start + 1, delimiter);
    }

    private Value delimited(int start, int content, char delimiter) {
        StringBuilder value = new StringBuilder();
        int from = content;
        while (true) {
            int quote = text.indexOf(delimiter, from);
            if (quote < 0) {
                throw Lexer.error("unterminated quoted identifier", text, start, text.length());
            }
            value.append(text, from, quote);
            if (at(quote + 1) != delimiter) {
                return new Value(value.toString(), quote + 1);
            }
            value.append(delimiter);
            from = quote + 2;
        }
    }

    /// `U&'…'` or `U&"…"` that starts at `start`, with UESCAPE if it follows.
    Value unicode(int start, char delimiter) {
        int content = start + 3;
        Value raw =
                delimiter == '\'' ? plain(start, content) : delimited(start, content, delimiter);
        char escape = '\\';
        int end = raw.end();
        int word = skipSpace(end, false);
        if (text.regionMatches(true, word, "UESCAPE", 0, "UESCAPE".length())
                && !Characters.isNamePart(at(word + "UESCAPE".length()))) {
            int quote = skipSpace(word + "UESCAPE".length(), false);
            if (at(quote) != '\'') {
                int badEnd = Math.min(quote + 1, text.length());
                throw Lexer.error(
                        "UESCAPE must be followed by a simple string literal", text, quote, badEnd);
            }
            Value chosen = plain(quote, quote + 1);
            escape = escapeCharacter(chosen, quote);
            end = chosen.end();
        }
        return new Value(UnicodeText.resolve(raw.text(), escape, content), end);
    }

    private char escapeCharacter(Value chosen, int quote) {
        char c = chosen.text().length() == 1 ? chosen.text().charAt(0) : '\0';
        if (c == '\0'
                || Characters.digit(c, 16) >= 0
                || c == '+'
                || c == '\''
                || c == '"'
                || Characters.isSpace(c)) {
            throw Lexer.error("invalid Unicode escape character", text, quote, chosen.end());
        }
        return c;
    }

    /// `$$…$$` or `$tag$…$tag$` that starts at `start`; null if no such quote starts there.
    @Nullable Value dollar(int start) {
        int tagEnd = start + 1;
        if (Characters.isNameStart(at(tagEnd))) {
            while (at(tagEnd) != '$' && Characters.isNamePart(at(tagEnd))) {
                tagEnd++;
            }
        }
        if (at(tagEnd) != '$') {
            return null;
        }
        String tag = text.substring(start, tagEnd + 1);
        int close = text.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            throw Lexer.error("unterminated dollar-quoted string", text, start, text.length());
        }
        return new Value(text.substring(tagEnd + 1, close), close + tag.length());
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private RuntimeException unterminated(int start) {
        char first = at(start);
        String message =
                first == 'b' || first == 'B'
                        ? "unterminated bit string literal"
                        : first == 'x' || first == 'X'
                                ? "unterminated hexadecimal string literal"
                                : "unterminated quoted string";
        return Lexer.error(message, text, start, text.length());
    }

    /// Strings with nothing but space and a line break between them are one. Returns where the next
    /// part's content starts, or -1 if there is none.
    private int continuation(int index) {
        int next = skipSpace(index, true);
        return next >= 0 && at(next) == '\'' ? next + 1 : -1;
    }

    /// The offset of the next char that is neither space nor line comment. With `needsNewline`, -1
    /// if no line break was passed.
    private int skipSpace(int index, boolean needsNewline) {
        int next = index;
        boolean newline = false;
        while (next < text.length()) {
            char c = text.charAt(next);
            if (Characters.isSpace(c)) {
                newline |= Characters.isNewline(c);
                next++;
            } else if (c == '-' && at(next + 1) == '-') {
                while (next < text.length() && !Characters.isNewline(text.charAt(next))) {
                    next++;
                }
            } else {
                break;
            }
        }
        return needsNewline && !newline ? -1 : next;
    }
}
