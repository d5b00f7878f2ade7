package org.cladedb.catalog.system;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.catalog.Column;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Prints defaults of columns as PostgreSQL does, as far as they are constants or calls without
/// arguments: clients take these texts apart. Other expressions stay as they were written.
final class Defaults {
    private static final Pattern STRING = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");
    private static final Pattern DECIMALS = Pattern.compile("\\d+\\.\\d+");
    private static final Pattern NEGATIVE = Pattern.compile("-\\s*(\\d+(?:\\.\\d+)?)");
    private static final Pattern CALL = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*\\(\\)");
    private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false");
    private static final Pattern CURRENT =
            Pattern.compile(
                    "(?i)current_(timestamp|date|time|user|role|catalog|schema)"
                            + "|localtime|localtimestamp|session_user");

    private static final Pattern REGISTERED = Pattern.compile("'((?:[^']|'')*)'::regclass");

    private Defaults() {}

    /// A stored expression with the relations in it shown as `names` shows them.
    static String shown(String stored, SystemNames names) {
        return REGISTERED
                .matcher(stored)
                .replaceAll(literal -> {
                    String written = literal.group(1).replace("''", "'");
                    int oid = names.oid(TypeKind.REGCLASS, written);
                    String name = oid > 0 ? names.name(TypeKind.REGCLASS, oid) : written;
                    return Matcher.quoteReplacement(SqlText.literal(name) + "::regclass");
                });
    }

    /// The default or generation expression of a column; null when it has none.
    static @Nullable String text(Column column) {
        String stored = column.defaultExpression();
        if (stored == null) {
            return null;
        }
        Matcher string = STRING.matcher(stored);
        if (string.matches()) {
            return string(string.group(1), stored, column.type());
        }
        Matcher negative = NEGATIVE.matcher(stored);
        if (negative.matches()) {
            return "'-" + negative.group(1) + "'::" + numberType(negative.group(1));
        }
        if (CALL.matcher(stored).matches() || BOOLEAN.matcher(stored).matches()) {
            return stored.toLowerCase(Locale.ROOT);
        }
        return CURRENT.matcher(stored).matches() ? stored.toUpperCase(Locale.ROOT) : stored;
    }

    /// A constant is shown plain where its text alone says what type it is.
    private static String string(String content, String quoted, SqlType type) {
        boolean isPlain =
                switch (type.kind()) {
                    case SMALLINT, INTEGER, BIGINT -> DIGITS.matcher(content).matches();
                    case NUMERIC -> DECIMALS.matcher(content).matches();
                    case BOOLEAN -> BOOLEAN.matcher(content).matches();
                    default -> false;
                };
        return isPlain && !type.isArray() ? content : quoted + "::" + typeName(type);
    }

    private static String numberType(String digits) {
        if (digits.indexOf('.') >= 0) {
            return "numeric";
        }
        int bits = new BigInteger(digits).bitLength();
        return bits < Integer.SIZE ? "integer" : bits < Long.SIZE ? "bigint" : "numeric";
    }

    /// Without length, precision and scale.
    private static String typeName(SqlType type) {
        SqlType plain =
                switch (type) {
                    case SqlType.Array(SqlType.Scalar element) ->
                            SqlType.arrayOf(SqlType.of(element.kind()));
                    case SqlType.Scalar scalar -> SqlType.of(scalar.kind());
                    case SqlType other -> other;
                };
        return plain.kind() == TypeKind.BPCHAR && !plain.isArray()
                ? "bpchar"
                : TypeNames.format(plain);
    }
}
