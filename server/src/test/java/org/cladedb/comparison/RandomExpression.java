package org.cladedb.comparison;

import java.util.List;
import java.util.random.RandomGenerator;

/// Regular expressions over a small alphabet, most of them valid, and texts for them.
final class RandomExpression {
    private static final List<String> ATOMS =
            List.of(
                    "a",
                    "b",
                    "a",
                    "b",
                    "c",
                    "ab",
                    "ba",
                    ".",
                    "[ab]",
                    "[^a]",
                    "[a-c]",
                    "[[:alpha:]]",
                    "[^[:space:]b]",
                    "\\w",
                    "\\W",
                    "\\d",
                    "\\s",
                    "\\S",
                    "1",
                    "-",
                    "_",
                    " ",
                    "[b-]",
                    "[[.a.]]",
                    "[[=b=]]",
                    "\\x61",
                    "\\n",
                    "A",
                    "B",
                    "[\\w-]",
                    "[^\\d]",
                    "");
    private static final List<String> PLACES =
            List.of(
                    "^", "$", "\\m", "\\M", "\\y", "\\Y", "\\A", "\\Z", "[[:<:]]", "[[:>:]]", "^",
                    "$");
    private static final List<String> QUANTIFIERS =
            List.of(
                    "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}", "{1,}", "{2,3}?",
                    "{1,1}?", "{0}", "{1,2}?", "{0,2}", "{1}", "{1,1}", "{2}?", "{0,}?", "*", "+");
    private static final List<String> OPTIONS =
            List.of("", "", "", "", "", "i", "n", "x", "s", "p", "w", "q", "e", "b", "in", "nx");
    private static final String JUNK = "()[]{}*+?|\\^$.,-12ab:=!<#";
    private static final String TEXT = "aaaabbbbccAB1-_ \n";

    private final RandomGenerator random;
    private int groups;

    RandomExpression(RandomGenerator random) {
        this.random = random;
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    String expression() {
        groups = 0;
        String expression = alternatives(1 + random.nextInt(3));
        if (oneIn(30)) {
            expression =
                    any(List.of("(?i)", "(?n)", "(?x)", "(?e)", "(?b)", "***:", "***=", "(?z)"))
                            + expression;
        }
        if (oneIn(20)) {
            int at = random.nextInt(expression.length() + 1);
            char junk = JUNK.charAt(random.nextInt(JUNK.length()));
            expression = expression.substring(0, at) + junk + expression.substring(at);
        }
        return expression;
    }

    String options() {
        return any(OPTIONS);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(oneIn(5) ? 20 : 8);
        int letters = oneIn(3) ? TEXT.length() : 8;
        for (int i = 0; i < length; i++) {
            text.append(TEXT.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }

    private String alternatives(int depth) {
        StringBuilder result = new StringBuilder(branch(depth));
        for (int i = oneIn(3) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            result.append('|').append(branch(depth));
        }
        return result.toString();
    }

    private String branch(int depth) {
        StringBuilder result = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            result.append(piece(depth));
        }
        return result.toString();
    }

    private String piece(int depth) {
        if (oneIn(9)) {
            return any(PLACES);
        }
        if (oneIn(18)) {
            return any(List.of("(?=", "(?!", "(?<=", "(?<!")) + alternatives(depth - 1) + ")";
        }
        return atom(depth) + (oneIn(2) ? any(QUANTIFIERS) : "");
    }

    private String atom(int depth) {
        if (depth > 0 && oneIn(2)) {
            boolean captures = !oneIn(3);
            groups += captures ? 1 : 0;
            return (captures ? "(" : "(?:") + alternatives(depth - 1) + ")";
        }
        if (groups > 0 && oneIn(6)) {
            return "\\" + (1 + random.nextInt(groups));
        }
        return any(ATOMS);
    }

    /// A pattern for SIMILAR TO.
    String similar() {
        StringBuilder pattern = new StringBuilder();
        List<String> parts =
                List.of(
                        "a",
                        "b",
                        "_",
                        "%",
                        "(a|b)",
                        "(ab)*",
                        "[a-c]",
                        "[^a]",
                        "b+",
                        "a?",
                        "(a|%)",
                        "a{1,2}",
                        "|",
                        ".",
                        "^",
                        "$",
                        "\\a",
                        "\\%",
                        "\\\"",
                        "[[:alpha:]]",
                        "[.]",
                        "(",
                        ")");
        for (int i = random.nextInt(5); i >= 0; i--) {
            pattern.append(any(parts));
        }
        return pattern.toString();
    }
}
