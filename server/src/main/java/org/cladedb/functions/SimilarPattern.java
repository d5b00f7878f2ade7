package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;

/// Translates the patterns of SIMILAR TO into regular expressions.
final class SimilarPattern {
    private SimilarPattern() {}

    static String translate(String pattern, String escape) {
        return "^(?:" + body(pattern, escape) + ")$";
    }

    /// `substring(text similar pattern escape e)`: the part between two escaped double quotes.
    static String translateForSubstring(String pattern, String escape) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int escapeCharacter = escapeCharacter(escape);
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
        return switch (parts.size()) {
            case 1 -> translate(pattern, escape);
            case 3 ->
                    "^(?:"
                            + body(parts.get(0), escape)
                            + "){1,1}?("
                            + body(parts.get(1), escape)
                            + "){1,1}(?:"
                            + body(parts.get(2), escape)
                            + ")$";
            default ->
                    throw RegexFunctions.invalidEscape(
                            "SQL regular expression may not contain more than two escape-double-"
                                    + "quote separators");
        };
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
                    throw RegexFunctions.invalidEscape("invalid escape string");
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
