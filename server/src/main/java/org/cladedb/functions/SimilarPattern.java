package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Translates the patterns of SIMILAR TO into regular expressions.
final class SimilarPattern {
    private SimilarPattern() {}

    static String translate(String pattern, String escape) {
        List<String> parts = parts(pattern, escapeCharacter(escape));
        StringBuilder out = new StringBuilder("^(?:").append(body(parts.getFirst(), escape));
        if (parts.size() > 1) {
            out.append("){1,1}?(").append(body(parts.get(1), escape));
        }
        if (parts.size() > 2) {
            out.append("){1,1}(?:").append(body(parts.get(2), escape));
        }
        return out.append(")$").toString();
    }

    /// What `substring(text similar pattern escape e)` separates with escaped double quotes.
    private static List<String> parts(String pattern, int escapeCharacter) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i + 1 < pattern.length(); i++) {
            if (pattern.charAt(i) == escapeCharacter) {
                if (pattern.charAt(i + 1) == '"') {
                    parts.add(pattern.substring(start, i));
                    start = i + 2;
                }
                i++;
            }
        }
        parts.add(pattern.substring(start));
        if (parts.size() > 3) {
            throw new DatabaseException(
                    SqlState.INVALID_USE_OF_ESCAPE_CHARACTER,
                    "SQL regular expression may not contain more than two escape-double-quote"
                            + " separators");
        }
        return parts;
    }

    private static int escapeCharacter(String escape) {
        if (escape.isEmpty()) {
            return -1;
        }
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw RegexFunctions.invalidEscape("invalid escape string")
                    .withHint("Escape string must be empty or one character.");
        }
        return escape.codePointAt(0);
    }

    private static String body(String pattern, String escape) {
        int escapeCharacter = escapeCharacter(escape);
        StringBuilder out = new StringBuilder();
        boolean inBracket = false;
        for (int i = 0; i < pattern.length(); ) {
            int character = pattern.codePointAt(i);
            i += Character.charCount(character);
            if (character == escapeCharacter) {
                if (i >= pattern.length()) {
                    break;
                }
                int next = pattern.codePointAt(i);
                i += Character.charCount(next);
                out.append('\\').appendCodePoint(next);
            } else if (inBracket) {
                inBracket = character != ']';
                if (character == '\\') {
                    out.append('\\');
                }
                out.appendCodePoint(character);
            } else {
                inBracket = character == '[';
                append(character, out);
            }
        }
        return out.toString();
    }

    private static void append(int character, StringBuilder out) {
        switch (character) {
            case '%' -> out.append(".*");
            case '_' -> out.append('.');
            case '(' -> out.append("(?:");
            case '\\', '.', '^', '$' -> out.append('\\').appendCodePoint(character);
            default -> out.appendCodePoint(character);
        }
    }
}
