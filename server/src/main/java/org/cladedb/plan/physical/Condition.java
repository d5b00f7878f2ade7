package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ArrayComparison;
import org.cladedb.plan.ir.TypedExpression.ArrayConstructor;
import org.cladedb.plan.ir.TypedExpression.ArraySubquery;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.InList;
import org.cladedb.plan.ir.TypedExpression.QuantifiedSubquery;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// A condition of the form `column operator value` on one scan, usable to find its rows by key.
///
/// @param columnId the scan's column
/// @param value does not mention the scan's columns, and has a type whose key encoding is the
///   column's
/// @param source the whole condition
/// @param exact whether it says no more than this; otherwise it must still be tested
record Condition(
        int columnId, Kind kind, TypedExpression value, TypedExpression source, boolean exact) {
    Condition(int columnId, Kind kind, TypedExpression value, TypedExpression source) {
        this(columnId, kind, value, source, true);
    }

    /// The conditions that need no test where rows are found by this one.
    List<TypedExpression> covered() {
        return exact ? List.of(source) : List.of();
    }

    /// The operator.
    enum Kind {
        EQUAL,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL,
        /// `value` is an array; the column equals one of its elements.
        ANY
    }

    /// Recognises a condition on one of `columns`; null when it is none.
    static @Nullable Condition of(TypedExpression expression, List<OutputColumn> columns) {
        return switch (expression) {
            case FunctionCall call when call.arguments().size() == 2 -> ofCall(call, columns);
            case ArrayComparison any when !any.all() && isEquality(any.operator().definition()) ->
                    ofArray(any.left(), any.array(), expression, columns);
            case InList in when isEquality(in.equality().definition()) -> ofList(in, columns);
            case QuantifiedSubquery any
                    when !any.all()
                            && any.left().size() == 1
                            && isEquality(any.operators().getFirst().definition()) ->
                    ofSubquery(any, columns);
            case TypedExpression _ -> null;
        };
    }

    private static boolean isEquality(FunctionDefinition definition) {
        return definition.name().equals("=");
    }

    private static @Nullable Condition ofCall(FunctionCall call, List<OutputColumn> columns) {
        Kind kind =
                switch (call.function().definition().name()) {
                    case "=" -> Kind.EQUAL;
                    case "<" -> Kind.LESS;
                    case "<=" -> Kind.LESS_EQUAL;
                    case ">" -> Kind.GREATER;
                    case ">=" -> Kind.GREATER_EQUAL;
                    default -> null;
                };
        if (kind == null) {
            return null;
        }
        TypedExpression left = call.arguments().get(0);
        TypedExpression right = call.arguments().get(1);
        OutputColumn column = column(left, columns);
        TypedExpression value = right;
        if (column == null || Expressions.refersTo(right, columns)) {
            column = column(right, columns);
            value = left;
            kind = mirrored(kind);
        }
        if (column == null || Expressions.refersTo(value, columns) || !isStable(value)) {
            return null;
        }
        TypedExpression converted = converted(value, column.type());
        return converted == null ? null : new Condition(column.id(), kind, converted, call);
    }

    private static @Nullable Condition ofList(InList in, List<OutputColumn> columns) {
        OutputColumn column = column(in.operand(), columns);
        if (column == null) {
            return null;
        }
        List<TypedExpression> items = new ArrayList<>();
        for (TypedExpression item : in.items()) {
            TypedExpression converted = converted(item, column.type());
            if (converted == null) {
                return null;
            }
            items.add(converted);
        }
        SqlType type = SqlType.arrayOf(items.getFirst().type());
        return ofArray(in.operand(), new ArrayConstructor(items, type), in, columns);
    }

    /// The column equals what one of the rows has.
    private static @Nullable Condition ofSubquery(
            QuantifiedSubquery any, List<OutputColumn> columns) {
        SqlType element = any.plan().columns().getFirst().type();
        return element.isArray()
                ? null
                : ofArray(
                        any.left().getFirst(),
                        new ArraySubquery(any.plan(), SqlType.arrayOf(element)),
                        any,
                        columns);
    }

    private static @Nullable Condition ofArray(
            TypedExpression operand,
            TypedExpression array,
            TypedExpression source,
            List<OutputColumn> columns) {
        OutputColumn column = column(operand, columns);
        if (column == null
                || Expressions.refersTo(array, columns)
                || !isStable(array)
                || !(array.type() instanceof SqlType.Array type)) {
            return null;
        }
        if (sameEncoding(type.element(), column.type())) {
            return new Condition(column.id(), Kind.ANY, array, source);
        }
        return isWider(type.element().kind(), column.type().kind())
                        && isInteger(type.element().kind())
                ? new Condition(
                        column.id(),
                        Kind.ANY,
                        new Cast(
                                array, SqlType.arrayOf(column.type().withoutModifier()), false, -1),
                        source)
                : null;
    }

    private static boolean isStable(TypedExpression value) {
        return !Expressions.isVolatile(value);
    }

    private static Kind mirrored(Kind kind) {
        return switch (kind) {
            case EQUAL, ANY -> kind;
            case LESS -> Kind.GREATER;
            case LESS_EQUAL -> Kind.GREATER_EQUAL;
            case GREATER -> Kind.LESS;
            case GREATER_EQUAL -> Kind.LESS_EQUAL;
        };
    }

    /// The column that the expression is, through conversions that keep value and key encoding.
    static @Nullable OutputColumn column(TypedExpression expression, List<OutputColumn> columns) {
        TypedExpression inner = expression;
        while (inner instanceof Cast cast && keepsKey(cast)) {
            inner = cast.operand();
        }
        if (inner instanceof ColumnReference reference) {
            for (OutputColumn column : columns) {
                if (column.id() == reference.columnId()) {
                    return column;
                }
            }
        }
        return null;
    }

    private static boolean keepsKey(Cast cast) {
        TypeKind from = cast.operand().type().kind();
        TypeKind to = cast.type().kind();
        return cast.type().modifier() == -1
                && ((isText(from) && isText(to)) || (isInteger(from) && isWider(from, to)));
    }

    private static boolean isText(TypeKind kind) {
        return kind == TypeKind.TEXT || kind == TypeKind.VARCHAR;
    }

    private static boolean isInteger(TypeKind kind) {
        return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
    }

    private static boolean isWider(TypeKind from, TypeKind to) {
        return isInteger(to) && to.length() >= from.length();
    }

    static boolean sameEncoding(SqlType left, SqlType right) {
        return left.withoutModifier().equals(right.withoutModifier())
                || (isText(left.kind()) && isText(right.kind()));
    }

    /// `value` with a type whose key encoding is that of `type`; null when it has none.
    private static @Nullable TypedExpression converted(TypedExpression value, SqlType type) {
        if (sameEncoding(value.type(), type)) {
            return value;
        }
        if (!isInteger(type.kind()) || !isInteger(value.type().kind())) {
            return null;
        }
        if (value instanceof Constant constant) {
            return constant.value().isNull() || fits(constant.value().longValue(), type.kind())
                    ? new Constant(constant.value(), type)
                    : null;
        }
        TypedExpression inner = value;
        while (inner instanceof Cast cast && keepsKey(cast)) {
            inner = cast.operand();
        }
        return isWider(inner.type().kind(), type.kind()) && isInteger(inner.type().kind())
                ? sameEncoding(inner.type(), type)
                        ? inner
                        : new Cast(inner, type.withoutModifier(), false, -1)
                : null;
    }

    private static boolean fits(long value, TypeKind kind) {
        return kind == TypeKind.SMALLINT
                ? value == (short) value
                : kind != TypeKind.INTEGER || value == (int) value;
    }
}
