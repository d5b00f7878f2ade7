package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The text of `search_path`: names with commas between them, in quotes where needed.
final class SearchPath {
    private SearchPath() {}

    /// The names in `text`.
    ///
    /// @throws DatabaseException 22023
    static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        int i = skipBlanks(text, 0);
        if (i == text.length()) {
            return names;
        }
        while (true) {
            StringBuilder name = new StringBuilder();
            i = skipBlanks(text, i);
            i =
                    i < text.length() && text.charAt(i) == '"'
                            ? quoted(text, i + 1, name)
                            : plain(text, i, name);
            names.add(name.toString());
            i = skipBlanks(text, i);
            if (i == text.length()) {
                return names;
            }
            if (text.charAt(i) != ',') {
                throw invalid(text);
            }
            i++;
        }
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int quoted(String text, int from, StringBuilder name) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) != '"') {
                name.append(text.charAt(i));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                name.append('"');
                i++;
            } else {
                return i + 1;
            }
        }
        throw invalid(text);
    }

    private static int plain(String text, int from, StringBuilder name) {
        int i = from;
        while (i < text.length()
                && text.charAt(i) != ','
                && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i == from) {
            throw invalid(text);
        }
        name.append(text.substring(from, i).toLowerCase(Locale.ROOT));
        return i;
    }

    private static DatabaseException invalid(String text) {
        return new DatabaseException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid value for parameter \"search_path\": \"%s\"".formatted(text))
                .withDetail("List syntax is invalid.");
    }
}
