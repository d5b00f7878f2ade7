package org.cladedb.sql.words;

import java.util.List;

/// Names and strings as SQL text, quoted where they must be, as PostgreSQL's `quote_identifier` and
/// its dumps do.
public final class SqlText {
    private SqlText() {}

    /// A name, in quotes unless it reads back as the same name without.
    public static String identifier(String name) {
        return needsQuotes(name) ? quoted(name) : name;
    }

    /// A name in quotes, needed or not.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean needsQuotes(String name) {
        if (name.isEmpty() || (name.charAt(0) >= '0' && name.charAt(0) <= '9')) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            if (!plain) {
                return true;
            }
        }
        Keyword keyword = Keyword.find(name);
        return keyword != null && keyword.category() != Keyword.Category.UNRESERVED;
    }

    /// Names joined by dots.
    public static String qualified(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.isEmpty() ? "" : ".").append(identifier(part));
        }
        return text.toString();
    }

    /// A string literal that reads the same with `standard_conforming_strings` on, as it always is.
    public static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
