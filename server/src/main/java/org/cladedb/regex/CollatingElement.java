package org.cladedb.regex;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of single characters that `[.name.]` and `[=name=]` know: POSIX's for ASCII.
final class CollatingElement {
    /// Of the characters from 0 on.
    private static final List<String> FIRST =
            List.of(
                    "NUL",
                    "SOH",
                    "STX",
                    "ETX",
                    "EOT",
                    "ENQ",
                    "ACK",
                    "BEL",
                    "BS",
                    "HT",
                    "LF",
                    "VT",
                    "FF",
                    "CR",
                    "SO",
                    "SI",
                    "DLE",
                    "DC1",
                    "DC2",
                    "DC3",
                    "DC4",
                    "NAK",
                    "SYN",
                    "ETB",
                    "CAN",
                    "EM",
                    "SUB",
                    "ESC",
                    "IS4",
                    "IS3",
                    "IS2",
                    "IS1",
                    "space",
                    "exclamation-mark",
                    "quotation-mark",
                    "number-sign",
                    "dollar-sign",
                    "percent-sign",
                    "ampersand",
                    "apostrophe",
                    "left-parenthesis",
                    "right-parenthesis",
                    "asterisk",
                    "plus-sign",
                    "comma",
                    "hyphen",
                    "period",
                    "slash",
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "colon",
                    "semicolon",
                    "less-than-sign",
                    "equals-sign",
                    "greater-than-sign",
                    "question-mark",
                    "commercial-at");

    private static final Map<String, Integer> NAMES = names();

    private CollatingElement() {}

    /// The character with that name, or null; a single character is its own name.
    static @Nullable Integer named(String name) {
        return name.codePointCount(0, name.length()) == 1
                ? Integer.valueOf(name.codePointAt(0))
                : NAMES.get(name);
    }

    private static Map<String, Integer> names() {
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < FIRST.size(); i++) {
            names.put(FIRST.get(i), i);
        }
        Map<String, Integer> others =
                Map.ofEntries(
                        Map.entry("alert", 7),
                        Map.entry("backspace", 8),
                        Map.entry("tab", 9),
                        Map.entry("newline", 10),
                        Map.entry("vertical-tab", 11),
                        Map.entry("form-feed", 12),
                        Map.entry("carriage-return", 13),
                        Map.entry("FS", 28),
                        Map.entry("GS", 29),
                        Map.entry("RS", 30),
                        Map.entry("US", 31),
                        Map.entry("hyphen-minus", (int) '-'),
                        Map.entry("full-stop", (int) '.'),
                        Map.entry("solidus", (int) '/'),
                        Map.entry("left-square-bracket", (int) '['),
                        Map.entry("backslash", (int) '\\'),
                        Map.entry("reverse-solidus", (int) '\\'),
                        Map.entry("right-square-bracket", (int) ']'),
                        Map.entry("circumflex", (int) '^'),
                        Map.entry("circumflex-accent", (int) '^'),
                        Map.entry("underscore", (int) '_'),
                        Map.entry("low-line", (int) '_'),
                        Map.entry("grave-accent", (int) '`'),
                        Map.entry("left-brace", (int) '{'),
                        Map.entry("left-curly-bracket", (int) '{'),
                        Map.entry("vertical-line", (int) '|'),
                        Map.entry("right-brace", (int) '}'),
                        Map.entry("right-curly-bracket", (int) '}'),
                        Map.entry("tilde", (int) '~'),
                        Map.entry("DEL", 127));
        names.putAll(others);
        return names;
    }
}
