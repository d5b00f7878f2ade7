package org.cladedb.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Names of catalog objects as values: perhaps qualified and quoted, blanks around the parts.
public final class NameParts {
    private final String text;
    private int at;

    private NameParts(String text) {
        this.text = text;
    }

    /// The parts of a name, at least one; unquoted ones fold to lower case.
    ///
    /// @throws DatabaseException 42602
    public static List<String> parse(String text) {
        NameParts parser = new NameParts(text);
        List<String> parts = new ArrayList<>();
        do {
            parser.skipBlanks();
            parts.add(parser.part());
            parser.skipBlanks();
        } while (parser.accept('.'));
        if (parser.at < text.length()) {
            throw invalid();
        }
        return parts;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean accept(char character) {
        boolean there = at < text.length() && text.charAt(at) == character;
        if (there) {
            at++;
        }
        return there;
    }

    private String part() {
        if (accept('"')) {
            return quoted();
        }
        int start = at;
        while (at < text.length()
                && text.charAt(at) != '.'
                && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw invalid();
        }
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private String quoted() {
        StringBuilder part = new StringBuilder();
        while (at < text.length()) {
            if (accept('"')) {
                if (!accept('"')) {
                    return part.toString();
                }
                part.append('"');
            } else {
                part.append(text.charAt(at));
                at++;
            }
        }
        throw invalid();
    }

    private static DatabaseException invalid() {
        return new DatabaseException(SqlState.INVALID_NAME, "invalid name syntax");
    }
}
