package org.cladedb.sql.ast;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.cladedb.sql.ast.Expression.LikeKind;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Prints an expression as SQL, in the form that PostgreSQL's `pg_get_expr` has: operators in
/// parentheses, casts with `::`, IN and BETWEEN as the comparisons they stand for.
///
/// The text parses to an expression with the same value. Types that analysis finds are not known
/// here: where PostgreSQL shows `'x'::text` for a plain `'x'`, the caller puts a cast around the
/// literal first.
public final class ExpressionFormatter {
    private ExpressionFormatter() {}

    /// @throws DatabaseException with 0A000 for what holds a query: no stored expression does
    public static String format(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral _ -> "NULL";
            case Expression.BooleanLiteral literal -> literal.value() ? "true" : "false";
            case Expression.IntegerLiteral literal -> integer(literal.value());
            case Expression.DecimalLiteral literal -> decimal(literal.text());
            case Expression.StringLiteral literal -> SqlText.literal(literal.value());
            case Expression.BitStringLiteral bits ->
                    (bits.hexadecimal() ? "X'" : "B'") + bits.digits() + "'";
            case Expression.Parameter parameter -> "$" + parameter.number();
            case Expression.ColumnReference column -> SqlText.qualified(column.name().parts());
            case Expression.Star star -> star(star);
            case Expression.DefaultValue _ -> "DEFAULT";
            case Expression.Cast cast -> cast(cast);
            case Expression.UnaryOperator unary ->
                    "(" + operator(unary.operator()) + " " + format(unary.operand()) + ")";
            case Expression.BinaryOperator binary ->
                    binary(binary.left(), operator(binary.operator()), binary.right());
            case Expression.And and -> junction(and.operands(), " AND ");
            case Expression.Or or -> junction(or.operands(), " OR ");
            case Expression.Not not -> "(NOT " + format(not.operand()) + ")";
            case Expression.IsNull test ->
                    test(test.operand(), test.negated() ? "IS NOT NULL" : "IS NULL");
            case Expression.IsTruth test ->
                    test(
                            test.operand(),
                            (test.negated() ? "IS NOT " : "IS ") + test.value().name());
            case Expression.IsDistinctFrom distinct -> distinct(distinct);
            case Expression.Between between -> between(between);
            case Expression.InList in -> in(in);
            case Expression.Like like -> like(like);
            case Expression.QuantifiedArray quantified ->
                    "("
                            + format(quantified.left())
                            + " "
                            + operator(quantified.operator())
                            + " "
                            + quantified.quantifier().name()
                            + " ("
                            + format(quantified.array())
                            + "))";
            case Expression.ArrayConstructor array -> "ARRAY[" + list(array.elements()) + "]";
            case Expression.RowConstructor row -> "ROW(" + list(row.fields()) + ")";
            case Expression.Case choice -> choice(choice);
            case Expression.Coalesce coalesce -> "COALESCE(" + list(coalesce.arguments()) + ")";
            case Expression.NullIf nullIf ->
                    "NULLIF(" + format(nullIf.left()) + ", " + format(nullIf.right()) + ")";
            case Expression.GreatestLeast extreme ->
                    (extreme.greatest() ? "GREATEST(" : "LEAST(") + list(extreme.arguments()) + ")";
            case FunctionCall call -> call(call);
            case Expression.ValueFunction value -> valueFunction(value);
            case Expression.Collate collate ->
                    "("
                            + format(collate.operand())
                            + " COLLATE "
                            + SqlText.qualified(collate.collation().parts())
                            + ")";
            case Expression.Subscripted subscripted -> subscripted(subscripted);
            case Expression.FieldSelection field ->
                    "(" + format(field.base()) + ")." + SqlText.identifier(field.field());
            case Expression.FieldStar star -> "(" + format(star.base()) + ").*";
            case Expression.InSubquery _,
                    Expression.QuantifiedSubquery _,
                    Expression.Exists _,
                    Expression.Subquery _,
                    Expression.Multiset _,
                    Expression.ArraySubquery _ ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "cannot use subquery in a stored expression")
                            .at(expression.position());
        };
    }

    static String list(List<Expression> expressions) {
        return expressions.stream()
                .map(ExpressionFormatter::format)
                .collect(Collectors.joining(", "));
    }

    /// A negative number is a typed string, so that a cast or power after it applies to all of it.
    private static String integer(int value) {
        return value < 0 ? "'" + value + "'::integer" : Integer.toString(value);
    }

    private static String decimal(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean integer = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (integer && value.toBigInteger().bitLength() < Long.SIZE) {
            return "'" + value.toPlainString() + "'::bigint";
        }
        // Exponents are bounded by what numeric holds; past that the text stays as it was.
        String plain = Math.abs((long) value.scale()) > 1000 ? text : value.toPlainString();
        return plain.indexOf('.') < 0 || value.signum() < 0 ? "'" + plain + "'::numeric" : plain;
    }

    private static String star(Expression.Star star) {
        QualifiedName qualifier = star.qualifier();
        String symbol = star.deep() ? "**" : "*";
        return qualifier == null ? symbol : SqlText.qualified(qualifier.parts()) + "." + symbol;
    }

    private static String cast(Expression.Cast cast) {
        String operand = format(cast.operand());
        boolean constant =
                cast.operand() instanceof Expression.StringLiteral
                        || cast.operand() instanceof Expression.NullLiteral;
        return (constant ? operand : "(" + operand + ")")
                + "::"
                + TypeFormatter.format(cast.type());
    }

    static String operator(OperatorName operator) {
        String schema = operator.schema();
        return schema == null || schema.equals("pg_catalog")
                ? operator.symbol()
                : "OPERATOR(" + SqlText.identifier(schema) + "." + operator.symbol() + ")";
    }

    private static String binary(Expression left, String operator, Expression right) {
        return "(" + format(left) + " " + operator + " " + format(right) + ")";
    }

    private static String junction(List<Expression> operands, String word) {
        return operands.stream()
                .map(ExpressionFormatter::format)
                .collect(Collectors.joining(word, "(", ")"));
    }

    private static String test(Expression operand, String test) {
        return "(" + format(operand) + " " + test + ")";
    }

    private static String distinct(Expression.IsDistinctFrom distinct) {
        String text = binary(distinct.left(), "IS DISTINCT FROM", distinct.right());
        return distinct.negated() ? "(NOT " + text + ")" : text;
    }

    private static String between(Expression.Between between) {
        String inside = range(between, between.low(), between.high());
        if (!between.symmetric()) {
            return inside;
        }
        String reversed = range(between, between.high(), between.low());
        return "(" + inside + (between.negated() ? " AND " : " OR ") + reversed + ")";
    }

    private static String range(Expression.Between between, Expression low, Expression high) {
        boolean negated = between.negated();
        return "("
                + binary(between.operand(), negated ? "<" : ">=", low)
                + (negated ? " OR " : " AND ")
                + binary(between.operand(), negated ? ">" : "<=", high)
                + ")";
    }

    private static String in(Expression.InList in) {
        String operand = format(in.operand());
        if (in.operand() instanceof Expression.RowConstructor) {
            return "("
                    + operand
                    + (in.negated() ? " NOT IN (" : " IN (")
                    + list(in.values())
                    + "))";
        }
        if (in.values().size() == 1) {
            return binary(in.operand(), in.negated() ? "<>" : "=", in.values().getFirst());
        }
        String operator = in.negated() ? " <> ALL " : " = ANY ";
        return "(" + operand + operator + "(ARRAY[" + list(in.values()) + "]))";
    }

    private static String like(Expression.Like like) {
        Expression escape = like.escape();
        String pattern = format(like.pattern());
        boolean similar = like.kind() == LikeKind.SIMILAR_TO;
        if (similar || escape != null) {
            String function = similar ? "similar_to_escape(" : "like_escape(";
            pattern = function + pattern + (escape == null ? "" : ", " + format(escape)) + ")";
        }
        String operator =
                switch (like.kind()) {
                    case LIKE -> "~~";
                    case ILIKE -> "~~*";
                    case SIMILAR_TO -> "~";
                };
        String negation = like.negated() ? "!" : "";
        return "(" + format(like.operand()) + " " + negation + operator + " " + pattern + ")";
    }

    private static String choice(Expression.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        if (choice.operand() != null) {
            text.append(' ').append(format(choice.operand()));
        }
        for (Expression.WhenClause when : choice.whens()) {
            text.append(" WHEN ").append(format(when.condition()));
            text.append(" THEN ").append(format(when.result()));
        }
        if (choice.otherwise() != null) {
            text.append(" ELSE ").append(format(choice.otherwise()));
        }
        return text.append(" END").toString();
    }

    private static String valueFunction(Expression.ValueFunction value) {
        Integer precision = value.precision();
        return value.kind().name() + (precision == null ? "" : "(" + precision + ")");
    }

    private static String subscripted(Expression.Subscripted subscripted) {
        Expression base = subscripted.base();
        boolean bare =
                base instanceof Expression.ColumnReference || base instanceof Expression.Parameter;
        StringBuilder text = new StringBuilder(bare ? format(base) : "(" + format(base) + ")");
        for (Expression.Subscript subscript : subscripted.subscripts()) {
            text.append('[').append(bound(subscript.lower()));
            text.append(subscript.slice() ? ":" : "").append(bound(subscript.upper()));
            text.append(']');
        }
        return text.toString();
    }

    private static String bound(@Nullable Expression bound) {
        return bound == null ? "" : format(bound);
    }

    private static String call(FunctionCall call) {
        if (call.over() != null) {
            throw new DatabaseException(
                            SqlState.WINDOWING_ERROR,
                            "window functions are not allowed in stored expressions")
                    .at(call.position());
        }
        return switch (call.syntax()) {
            case SQL -> SpecialCallFormatter.format(call);
            case CALL -> plainCall(call);
        };
    }

    static String plainCall(FunctionCall call) {
        StringBuilder text = new StringBuilder(functionName(call.name())).append('(');
        text.append(call.distinct() ? "DISTINCT " : "").append(call.star() ? "*" : "");
        for (int i = 0; i < call.arguments().size(); i++) {
            FunctionArgument argument = call.arguments().get(i);
            boolean last = i == call.arguments().size() - 1;
            text.append(i == 0 ? "" : ", ").append(last && call.variadic() ? "VARIADIC " : "");
            text.append(
                    argument.name() == null ? "" : SqlText.identifier(argument.name()) + " => ");
            text.append(format(argument.value()));
        }
        if (!call.orderBy().isEmpty()) {
            text.append(call.withinGroup() ? ") WITHIN GROUP (ORDER BY " : " ORDER BY ");
            text.append(
                    call.orderBy().stream()
                            .map(ExpressionFormatter::orderItem)
                            .collect(Collectors.joining(", ")));
        }
        text.append(')');
        if (call.filter() != null) {
            text.append(" FILTER (WHERE ").append(format(call.filter())).append(')');
        }
        return text.toString();
    }

    private static String orderItem(OrderItem item) {
        String text = format(item.expression());
        if (item.operator() != null) {
            text += " USING " + operator(item.operator());
        }
        text += item.descending() ? " DESC" : "";
        return switch (item.nulls()) {
            case DEFAULT -> text;
            case FIRST, LAST -> text + " NULLS " + item.nulls().name().toUpperCase(Locale.ROOT);
        };
    }

    private static String functionName(QualifiedName name) {
        boolean system = name.parts().size() == 2 && name.parts().getFirst().equals("pg_catalog");
        return system ? SqlText.identifier(name.last()) : SqlText.qualified(name.parts());
    }
}
