package org.cladedb.functions;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.cladedb.sql.words.Keyword;

/// The rows of `pg_get_keywords()`.
final class KeywordRows {
    private static final List<Keyword> SORTED =
            Arrays.stream(Keyword.values()).sorted(Comparator.comparing(Keyword::word)).toList();

    private KeywordRows() {}

    static SetFunction.Rows rows() {
        Iterator<Keyword> words = SORTED.iterator();
        return out -> {
            if (!words.hasNext()) {
                return false;
            }
            Keyword word = words.next();
            out[0].setText(word.word());
            out[1].setText(letter(word.category()));
            out[2].setBoolean(word.isBareLabel());
            out[3].setText(description(word.category()));
            out[4].setText(word.isBareLabel() ? "can be bare label" : "requires AS");
            return true;
        };
    }

    private static String letter(Keyword.Category category) {
        return switch (category) {
            case UNRESERVED -> "U";
            case COLUMN_NAME -> "C";
            case TYPE_OR_FUNCTION -> "T";
            case RESERVED -> "R";
        };
    }

    private static String description(Keyword.Category category) {
        return switch (category) {
            case UNRESERVED -> "unreserved";
            case COLUMN_NAME -> "unreserved (cannot be function or type name)";
            case TYPE_OR_FUNCTION -> "reserved (can be function or type name)";
            case RESERVED -> "reserved";
        };
    }
}
