package org.cladedb.stored;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.sql.ast.QualifiedName;
import org.jspecify.annotations.Nullable;

/// How names are spelled in stored text.
///
/// | What | Spelling |
/// |---|---|
/// | a table, view or sequence | `oid."16384"` |
/// | a system relation | `pg_catalog.pg_class` |
/// | a common table | its name |
/// | range variable 3, which the user called `a` | `"r3:a"`; `r3` when not named |
/// | a column of it | `"r3:a".c5`: the slot of a table's column, else the position, from 1 |
/// | the whole row | `"r3:a"` |
/// | a column of USING | `"r1.c2=r2.c1:x"`: left, right, name |
///
/// The numbers of range variables are unique in a text.
public final class StoredNames {
    private static final String OBJECT = "oid";

    /// A column of a table's own expression; strings and quoted names are passed over.
    private static final Pattern COLUMN_OF_ROW =
            Pattern.compile("'[^']*'|\"[^\"]*\"|\\br1\\.c([0-9]+)\\b");

    private StoredNames() {}

    public static QualifiedName relation(int oid) {
        return new QualifiedName(List.of(OBJECT, Integer.toUnsignedString(oid)), -1);
    }

    /// The OID of a relation; 0 when the name is that of a system relation or common table.
    public static int relationOid(QualifiedName name) {
        boolean byOid = name.parts().size() == 2 && name.parts().getFirst().equals(OBJECT);
        return byOid ? Integer.parseUnsignedInt(name.last()) : 0;
    }

    /// @param alias what the user called it, null for nothing
    public static String range(int number, @Nullable String alias) {
        return alias == null ? "r" + number : "r" + number + ":" + alias;
    }

    /// What the user called a range variable, null for nothing.
    public static @Nullable String alias(String range) {
        int colon = range.indexOf(':');
        return colon < 0 ? null : range.substring(colon + 1);
    }

    /// The number of a range variable.
    public static int rangeNumber(String range) {
        int colon = range.indexOf(':');
        return Integer.parseInt(range, 1, colon < 0 ? range.length() : colon, 10);
    }

    public static String column(int number) {
        return "c" + number;
    }

    public static int columnNumber(String column) {
        return Integer.parseInt(column, 1, column.length(), 10);
    }

    /// An expression over a table's row with other columns.
    ///
    /// @param slots the new slot of each
    public static String withColumns(String stored, IntUnaryOperator slots) {
        return COLUMN_OF_ROW
                .matcher(stored)
                .replaceAll(found -> {
                    String column = found.group(1);
                    return Matcher.quoteReplacement(
                            column == null
                                    ? found.group()
                                    : "r1." + column(slots.applyAsInt(Integer.parseInt(column))));
                });
    }

    /// A merged column of a join.
    ///
    /// @param name what it is called
    public record Using(
            int leftRange, int leftColumn, int rightRange, int rightColumn, String name) {
        /// As it stands in stored text.
        public String spelled() {
            return "r%d.c%d=r%d.c%d:%s"
                    .formatted(leftRange, leftColumn, rightRange, rightColumn, name);
        }

        public static Using of(String spelled) {
            int colon = spelled.indexOf(':');
            String[] numbers = spelled.substring(1, colon).split("\\.c|=r", 4);
            return new Using(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    Integer.parseInt(numbers[2]),
                    Integer.parseInt(numbers[3]),
                    spelled.substring(colon + 1));
        }
    }
}
