package org.cladedb.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A word of a statement, as far as taking statements to pieces needs to know it.
record SqlToken(Kind kind, String text) {
    private static final Pattern TOKENS =
            Pattern.compile(
                    """
                    (?<space>\\s+|--[^\\n]*|/\\*.*?\\*/)\
                    |(?<text>[eE]'(?:[^'\\\\]|\\\\.|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'|\\$(\\w*)\\$.*?\\$\\3\\$)\
                    |(?<name>"(?:[^"]|"")*"|[\\p{L}_][\\p{L}\\p{N}_$]*)\
                    |(?<number>\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\\$\\d+)\
                    |(?<operator>::|:=|[-+*/<>=~!@#%^&|`?]+)\
                    |(?<mark>.)\
                    """,
                    Pattern.DOTALL);

    enum Kind {
        TEXT,
        KEYWORD,
        NAME,
        NUMBER,
        OPERATOR,
        MARK
    }

    static List<SqlToken> of(String sql) {
        List<SqlToken> tokens = new ArrayList<>();
        Matcher matcher = TOKENS.matcher(sql);
        while (matcher.find()) {
            if (matcher.group("space") == null) {
                tokens.add(new SqlToken(kind(matcher), matcher.group()));
            }
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group("text") != null) {
            return Kind.TEXT;
        }
        if (matcher.group("name") != null) {
            return isKeyword(matcher.group()) ? Kind.KEYWORD : Kind.NAME;
        }
        if (matcher.group("number") != null) {
            return Kind.NUMBER;
        }
        return matcher.group("operator") != null ? Kind.OPERATOR : Kind.MARK;
    }

    /// Scripts write keywords in capitals, and one capital is a name.
    private static boolean isKeyword(String name) {
        return name.length() > 1 && name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_');
    }

    static String joined(List<SqlToken> tokens) {
        return tokens.stream().map(SqlToken::text).collect(Collectors.joining(" "));
    }

    boolean is(String text) {
        return text().equalsIgnoreCase(text);
    }
}
