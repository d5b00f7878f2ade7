package org.cladedb.functions;

import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// LIKE and ILIKE on bytes, without allocation: `%`, `_` and backslash escapes.
final class LikeMatching {
    private LikeMatching() {}

    static void define(Definitions define) {
        for (String left : new String[] {"text", "name", "bpchar"}) {
            String types = "(" + left + ", text) bool";
            define.operator(
                    "~~" + types, (in, out, _) -> out.setBoolean(matches(in[0], in[1], true)));
            define.operator(
                    "!~~" + types, (in, out, _) -> out.setBoolean(!matches(in[0], in[1], true)));
            define.operator("~~*" + types, (in, out, _) -> out.setBoolean(matchesIgnoringCase(in)));
            define.operator(
                    "!~~*" + types, (in, out, _) -> out.setBoolean(!matchesIgnoringCase(in)));
        }
        define.operator(
                "~~(bytea, bytea) bool",
                (in, out, _) -> out.setBoolean(matches(in[0], in[1], false)));
        define.operator(
                "!~~(bytea, bytea) bool",
                (in, out, _) -> out.setBoolean(!matches(in[0], in[1], false)));
        define.function(
                "like(text, text) bool",
                (in, out, _) -> out.setBoolean(matches(in[0], in[1], true)));
        define.function(
                "notlike(text, text) bool",
                (in, out, _) -> out.setBoolean(!matches(in[0], in[1], true)));
        define.function(
                "like_escape(text, text) text",
                (in, out, _) -> out.setText(withBackslashes(in[0].text(), in[1].text())));
    }

    private static boolean matchesIgnoringCase(Datum[] in) {
        if (isAscii(in[0]) && isAscii(in[1])) {
            return new Matcher(in[0], in[1], true, true).matches();
        }
        return matches(lower(in[0]), lower(in[1]), true);
    }

    private static boolean isAscii(Datum value) {
        return Utf8.isAscii(value.bytes(), value.offset(), value.length());
    }

    private static Datum lower(Datum value) {
        return Datum.ofText(LetterCase.map(value.text(), false));
    }

    static boolean matches(Datum text, Datum pattern, boolean utf8) {
        return new Matcher(text, pattern, utf8, false).matches();
    }

    /// A backtracking match: on a mismatch the last `%` takes one character more. The JIT compiler
    /// keeps it off the heap.
    private static final class Matcher {
        private final byte[] text;
        private final int textEnd;
        private final byte[] pattern;
        private final int patternEnd;
        private final boolean utf8;
        private final boolean ignoreCase;
        private int at;
        private int patternAt;

        Matcher(Datum text, Datum pattern, boolean utf8, boolean ignoreCase) {
            this.text = text.bytes();
            at = text.offset();
            textEnd = text.offset() + text.length();
            this.pattern = pattern.bytes();
            patternAt = pattern.offset();
            patternEnd = pattern.offset() + pattern.length();
            this.utf8 = utf8;
            this.ignoreCase = ignoreCase;
        }

        boolean matches() {
            int starPattern = -1;
            int starText = -1;
            for (int turn = 1; at < textEnd; turn++) {
                Cancellation.check(turn);
                if (patternAt < patternEnd && pattern[patternAt] == '%') {
                    patternAt++;
                    if (patternAt == patternEnd) {
                        return true;
                    }
                    starPattern = patternAt;
                    starText = at;
                } else if (!step()) {
                    if (starPattern < 0) {
                        return false;
                    }
                    starText = nextCharacter(starText);
                    at = starText;
                    patternAt = starPattern;
                }
            }
            while (patternAt < patternEnd && pattern[patternAt] == '%') {
                patternAt++;
            }
            return patternAt == patternEnd;
        }

        /// Matches one element of the pattern other than `%` here, and moves on when it fits.
        private boolean step() {
            if (patternAt == patternEnd) {
                return false;
            }
            byte wanted = pattern[patternAt];
            if (wanted == '_') {
                at = nextCharacter(at);
                patternAt++;
                return true;
            }
            int width = 1;
            if (wanted == '\\') {
                if (patternAt + 1 == patternEnd) {
                    throw new DatabaseException(
                            SqlState.INVALID_ESCAPE_SEQUENCE,
                            "LIKE pattern must not end with escape character");
                }
                wanted = pattern[patternAt + 1];
                width = 2;
            }
            byte actual = text[at];
            if (actual != wanted && !(ignoreCase && folded(actual) == folded(wanted))) {
                return false;
            }
            at++;
            patternAt += width;
            return true;
        }

        private static int folded(byte character) {
            return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
        }

        private int nextCharacter(int position) {
            return utf8
                    ? Math.min(textEnd, position + Utf8.lengthOf(text[position]))
                    : position + 1;
        }
    }

    /// The same pattern with backslash as its escape character.
    static String withBackslashes(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new DatabaseException(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .withHint("Escape string must be empty or one character.");
        }
        if (escape.equals("\\")) {
            return pattern;
        }
        if (escape.isEmpty()) {
            return pattern.replace("\\", "\\\\");
        }
        StringBuilder result = new StringBuilder(pattern.length() + 8);
        boolean escaped = false;
        for (int i = 0, turn = 1; i < pattern.length(); turn++) {
            Cancellation.check(turn);
            int character = pattern.codePointAt(i);
            i += Character.charCount(character);
            if (character == escape.codePointAt(0) && !escaped) {
                result.append('\\');
                escaped = true;
            } else {
                if (character == '\\' && !escaped) {
                    result.append('\\');
                }
                result.appendCodePoint(character);
                escaped = false;
            }
        }
        return result.toString();
    }
}
