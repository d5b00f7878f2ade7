package org.cladedb.storage.group;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// Defaults that are plain constants, for ON DELETE SET DEFAULT.
final class ConstantDefault {
    /// A number, or a quoted text with or without a cast to the column's type.
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "\\(?(-?[0-9]+(?:\\.[0-9]+)?)\\)?(?:::[a-z0-9_ ()]+)?"
                            + "|'((?:[^']|'')*)'(?:::[a-z0-9_ ()]+)?");

    private ConstantDefault() {}

    static Datum of(Column column) {
        String expression = column.defaultExpression();
        Datum value = new Datum();
        if (expression == null || expression.toLowerCase(Locale.ROOT).startsWith("null")) {
            return value;
        }
        Matcher matcher = CONSTANT.matcher(expression.strip());
        if (!matcher.matches()) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "SET DEFAULT of a foreign key is not supported yet for column \""
                            + column.name()
                            + "\", whose default is not a constant");
        }
        String number = matcher.group(1);
        String text = number != null ? number : matcher.group(2).replace("''", "'");
        ValueText.read(column.type(), text, value);
        return value;
    }
}
