package org.cladedb.analysis;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// From a type as written to a [SqlType]. Stateless.
public final class TypeNameResolver {
    private static final int LENGTH_MAX = 10_485_760;
    private static final int PRECISION_MAX = 1000;
    private static final int FRACTION_DIGITS_MAX = 6;
    private static final int MODIFIER_HEADER = 4;
    private static final int SCALE_MASK = 0x7FF;
    private static final int INTERVAL_ALL_FIELDS = 0x7FFF;
    private static final int INTERVAL_FULL_PRECISION = 0xFFFF;

    private TypeNameResolver() {}

    /// The type that `name` means.
    ///
    /// @throws DatabaseException 42704 when there is none, 22023 for modifiers out of range
    public static SqlType resolve(TypeName name) {
        TypeKind kind = kind(name);
        boolean underscore = false;
        if (kind == null && name.name().last().startsWith("_")) {
            kind = TypeKind.byTypeName(name.name().last().substring(1));
            underscore = kind != null && kind.arrayOid() != 0;
            kind = underscore ? kind : null;
        }
        if (kind == null) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_OBJECT,
                            "type \"" + name.name().dotted() + "\" does not exist")
                    .at(name.position());
        }
        SqlType type = withModifier(kind, name);
        if (!name.isArray() && !underscore) {
            return type;
        }
        if (kind.arrayOid() == 0) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_OBJECT,
                            "type \"" + name.name().dotted() + "[]\" does not exist")
                    .at(name.position());
        }
        return SqlType.arrayOf(type);
    }

    private static @Nullable TypeKind kind(TypeName name) {
        List<String> qualifier = name.name().qualifier();
        if (qualifier.size() > 1
                || (qualifier.size() == 1 && !qualifier.getFirst().equals("pg_catalog"))) {
            return null;
        }
        return TypeKind.byTypeName(name.name().last());
    }

    private static SqlType withModifier(TypeKind kind, TypeName name) {
        if (kind == TypeKind.INTERVAL) {
            return interval(name);
        }
        List<Expression> modifiers = name.modifiers();
        if (modifiers.isEmpty()) {
            return SqlType.of(kind);
        }
        return switch (kind) {
            case VARCHAR, BPCHAR -> character(kind, name);
            case NUMERIC -> numeric(name);
            case TIME, TIMESTAMP, TIMESTAMPTZ ->
                    new SqlType.Scalar(kind, fractionDigits(kind, single(name), name.position()));
            default ->
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR,
                                    "type modifier is not allowed for type \""
                                            + name.name().last()
                                            + "\"")
                            .at(name.position());
        };
    }

    private static SqlType character(TypeKind kind, TypeName name) {
        int length = single(name);
        String shown = kind == TypeKind.VARCHAR ? "varchar" : "char";
        if (length < 1) {
            throw invalid("length for type " + shown + " must be at least 1", name);
        }
        if (length > LENGTH_MAX) {
            throw invalid("length for type " + shown + " cannot exceed " + LENGTH_MAX, name);
        }
        return new SqlType.Scalar(kind, length + MODIFIER_HEADER);
    }

    private static SqlType numeric(TypeName name) {
        if (name.modifiers().size() > 2) {
            throw invalid("invalid NUMERIC type modifier", name);
        }
        int precision = integer(name.modifiers().getFirst(), name);
        if (precision < 1 || precision > PRECISION_MAX) {
            throw invalid(
                    "NUMERIC precision " + precision + " must be between 1 and " + PRECISION_MAX,
                    name);
        }
        int scale = name.modifiers().size() == 2 ? integer(name.modifiers().get(1), name) : 0;
        if (scale < -PRECISION_MAX || scale > PRECISION_MAX) {
            throw invalid(
                    "NUMERIC scale " + scale + " must be between -1000 and " + PRECISION_MAX, name);
        }
        return new SqlType.Scalar(
                TypeKind.NUMERIC, ((precision << 16) | (scale & SCALE_MASK)) + MODIFIER_HEADER);
    }

    private static SqlType interval(TypeName name) {
        if (name.modifiers().isEmpty() && name.intervalFields() == null) {
            return SqlType.INTERVAL;
        }
        int fields =
                name.intervalFields() == null
                        ? INTERVAL_ALL_FIELDS
                        : intervalFields(name.intervalFields());
        int precision =
                name.modifiers().isEmpty()
                        ? INTERVAL_FULL_PRECISION
                        : fractionDigits(TypeKind.INTERVAL, single(name), name.position());
        return new SqlType.Scalar(TypeKind.INTERVAL, (fields << 16) | precision);
    }

    /// PostgreSQL's bit mask of the fields an interval keeps.
    private static int intervalFields(String words) {
        int month = 1 << 1;
        int year = 1 << 2;
        int day = 1 << 3;
        int hour = 1 << 10;
        int minute = 1 << 11;
        int second = 1 << 12;
        return switch (words) {
            case "year" -> year;
            case "month" -> month;
            case "day" -> day;
            case "hour" -> hour;
            case "minute" -> minute;
            case "second" -> second;
            case "year to month" -> year | month;
            case "day to hour" -> day | hour;
            case "day to minute" -> day | hour | minute;
            case "day to second" -> day | hour | minute | second;
            case "hour to minute" -> hour | minute;
            case "hour to second" -> hour | minute | second;
            case "minute to second" -> minute | second;
            default ->
                    throw new DatabaseException(
                            SqlState.INTERNAL_ERROR, "unknown interval fields " + words);
        };
    }

    /// The word that carries the precision: TIME of `time with time zone`.
    private static String typeWord(TypeKind kind) {
        String name = kind.sqlName();
        int end = name.indexOf(' ');
        return (end < 0 ? name : name.substring(0, end)).toUpperCase(Locale.ROOT);
    }

    private static int fractionDigits(TypeKind kind, int digits, int position) {
        if (digits < 0) {
            throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            typeWord(kind) + "(" + digits + ") precision must not be negative")
                    .at(position);
        }
        // PostgreSQL reduces a greater precision with a warning.
        return Math.min(digits, FRACTION_DIGITS_MAX);
    }

    private static int single(TypeName name) {
        if (name.modifiers().size() != 1) {
            throw invalid("invalid type modifier", name);
        }
        return integer(name.modifiers().getFirst(), name);
    }

    private static int integer(Expression modifier, TypeName name) {
        if (modifier instanceof Expression.IntegerLiteral literal) {
            return literal.value();
        }
        if (modifier instanceof Expression.StringLiteral text
                && text.value().matches("-?\\d{1,9}")) {
            return Integer.parseInt(text.value());
        }
        throw new DatabaseException(
                        SqlState.SYNTAX_ERROR,
                        "type modifiers must be simple constants or identifiers")
                .at(name.position());
    }

    private static DatabaseException invalid(String message, TypeName name) {
        return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message).at(name.position());
    }
}
