package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// The predicates that have a syntax of their own: IS …, BETWEEN, IN, LIKE, ANY and ALL of an
/// array.
final class ComparisonAnalyzer {
    private final ExpressionAnalyzer expressions;

    ComparisonAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression isNull(Expression.IsNull test) {
        return new TypedExpression.IsNull(expressions.analyze(test.operand()), test.negated());
    }

    TypedExpression isTruth(Expression.IsTruth test) {
        String construct = "IS " + (test.negated() ? "NOT " : "") + test.value().name();
        TypedExpression operand =
                expressions.coercion.toBoolean(expressions.operand(test.operand()), construct);
        return switch (test.value()) {
            case TRUE -> new TypedExpression.BooleanTest(operand, true, test.negated());
            case FALSE -> new TypedExpression.BooleanTest(operand, false, test.negated());
            case UNKNOWN -> new TypedExpression.IsNull(operand, test.negated());
        };
    }

    TypedExpression isDistinct(Expression.IsDistinctFrom test) {
        if (test.left() instanceof Expression.RowConstructor left
                && test.right() instanceof Expression.RowConstructor right) {
            return rowsDistinct(left, right, test);
        }
        Operand left = expressions.operand(test.left());
        Operand right = expressions.operand(test.right());
        if (isNullTest(test.right(), left.type())) {
            return new TypedExpression.IsNull(left.expression(), !test.negated());
        }
        if (isNullTest(test.left(), right.type())) {
            return new TypedExpression.IsNull(right.expression(), !test.negated());
        }
        return distinct(left, right, test.negated(), test.position());
    }

    /// Whether a comparison of a value of type `compared` with `side` by IS DISTINCT FROM is a test
    /// for NULL. For a row it is none: IS NULL looks at the row's fields.
    static boolean isNullTest(Expression side, SqlType compared) {
        return side instanceof Expression.NullLiteral && compared.kind() != TypeKind.RECORD;
    }

    private TypedExpression rowsDistinct(
            Expression.RowConstructor left,
            Expression.RowConstructor right,
            Expression.IsDistinctFrom test) {
        if (left.fields().size() != right.fields().size()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions")
                    .at(test.position());
        }
        List<TypedExpression> pairs = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            pairs.add(
                    distinct(
                            expressions.operand(left.fields().get(i)),
                            expressions.operand(right.fields().get(i)),
                            test.negated(),
                            test.position()));
        }
        if (pairs.size() == 1) {
            return pairs.getFirst();
        }
        return test.negated() ? new And(pairs) : new Or(pairs);
    }

    private TypedExpression distinct(Operand left, Operand right, boolean negated, int position) {
        // An operator must exist, although only the common type is needed.
        Resolved equality =
                expressions.operators.resolve("=", List.of(left.type(), right.type()), position);
        List<Operand> both = List.of(left, right);
        SqlType common = expressions.coercion.tryCommonType(both);
        boolean rows = both.stream().allMatch(side -> side.type().kind() == TypeKind.RECORD);
        if (rows && !left.type().withoutModifier().equals(right.type().withoutModifier())) {
            // Found to be different, if so, when they are compared.
            common = SqlType.of(TypeKind.RECORD);
        }
        if (common == null) {
            common = equality.argumentTypes().getFirst();
        }
        return new TypedExpression.IsDistinct(
                expressions.coercion.implicit(left, common),
                expressions.coercion.implicit(right, common),
                negated);
    }

    TypedExpression between(Expression.Between between) {
        Side operand = side(between.operand());
        Side low = side(between.low());
        Side high = side(between.high());
        int position = between.position();
        TypedExpression result = range(operand, low, high, between.negated(), position);
        if (!between.symmetric()) {
            return result;
        }
        TypedExpression swapped = range(operand, high, low, between.negated(), position);
        return between.negated()
                ? new And(List.of(result, swapped))
                : new Or(List.of(result, swapped));
    }

    /// One side of a comparison: a value, or what a row is made of.
    private record Side(List<Operand> operands, boolean isRow, int position) {}

    private Side side(Expression side) {
        int position = SourcePositions.start(side);
        return side instanceof Expression.RowConstructor row
                ? new Side(expressions.operands(row.fields()), true, position)
                : new Side(List.of(expressions.operand(side)), false, position);
    }

    private TypedExpression range(
            Side operand, Side low, Side high, boolean negated, int position) {
        List<TypedExpression> parts = new ArrayList<>();
        String construct = negated ? "OR" : "AND";
        parts.add(compared(negated ? "<" : ">=", operand, low, construct, position));
        parts.add(compared(negated ? ">" : "<=", operand, high, construct, position));
        return negated ? new Or(parts) : new And(parts);
    }

    private TypedExpression compared(
            String symbol, Side left, Side right, String construct, int position) {
        if (left.isRow() && right.isRow()) {
            return expressions.operators.rows(symbol, left.operands(), right.operands(), position);
        }
        Operand operand = whole(left);
        return part(
                expressions.operators.binary(symbol, operand, whole(right), position),
                operand,
                construct);
    }

    private static Operand whole(Side side) {
        return side.isRow()
                ? new Operand(
                        CompositeAnalyzer.rowOf(
                                side.operands().stream().map(Operand::expression).toList()),
                        side.position())
                : side.operands().getFirst();
    }

    /// The comparison of `operand` as a part of `construct`.
    private TypedExpression part(TypedExpression comparison, Operand operand, String construct) {
        return expressions.coercion.toBoolean(
                new Operand(comparison, operand.position()), construct);
    }

    TypedExpression in(Expression.InList in) {
        TypedExpression result =
                in.operand() instanceof Expression.RowConstructor row
                        ? rowIn(row, in)
                        : valueIn(in);
        return in.negated() ? new TypedExpression.Not(result) : result;
    }

    private TypedExpression rowIn(Expression.RowConstructor row, Expression.InList in) {
        List<Operand> left = expressions.operands(row.fields());
        List<TypedExpression> alternatives = new ArrayList<>();
        for (Expression value : in.values()) {
            if (!(value instanceof Expression.RowConstructor right)) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "unequal number of entries in row expressions")
                        .at(value.position());
            }
            alternatives.add(
                    expressions.operators.rows(
                            "=", left, expressions.operands(right.fields()), in.position()));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Or(alternatives);
    }

    private TypedExpression valueIn(Expression.InList in) {
        Operand operand = expressions.operand(in.operand());
        List<Operand> items = expressions.operands(in.values());
        List<Operand> all = new ArrayList<>(items);
        all.addFirst(operand);
        SqlType common = items.size() == 1 ? null : expressions.coercion.tryCommonType(all);
        if (common == null || common instanceof SqlType.Row || common.isArray()) {
            return anyEqual(operand, items, in.position());
        }
        Resolved equality =
                expressions.operators.resolve("=", List.of(operand.type(), common), in.position());
        SqlType itemType = equality.argumentTypes().get(1);
        List<TypedExpression> converted = new ArrayList<>(items.size());
        for (Operand item : items) {
            converted.add(expressions.coercion.implicit(read(item, common), itemType));
        }
        return new TypedExpression.InList(
                expressions.coercion.implicit(
                        read(operand, common), equality.argumentTypes().getFirst()),
                converted,
                equality);
    }

    /// A literal as the common type reads it: as the name of a table, say, where oids are compared.
    private Operand read(Operand operand, SqlType common) {
        return operand.type().kind() == TypeKind.UNKNOWN && common.kind().category() != 'S'
                ? new Operand(expressions.coercion.implicit(operand, common), operand.position())
                : operand;
    }

    private TypedExpression anyEqual(Operand operand, List<Operand> items, int position) {
        List<TypedExpression> alternatives = new ArrayList<>();
        for (Operand item : items) {
            alternatives.add(
                    part(
                            expressions.operators.binary("=", operand, item, position),
                            operand,
                            "IN"));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Or(alternatives);
    }

    TypedExpression like(Expression.Like like) {
        Operand operand = expressions.operand(like.operand());
        Operand pattern = pattern(like);
        String symbol =
                switch (like.kind()) {
                    case LIKE -> "~~";
                    case ILIKE -> "~~*";
                    case SIMILAR_TO -> "~";
                };
        return expressions.operators.binary(
                like.negated() ? "!" + symbol : symbol, operand, pattern, like.position());
    }

    private Operand pattern(Expression.Like like) {
        Operand pattern = expressions.operand(like.pattern());
        boolean similar = like.kind() == Expression.LikeKind.SIMILAR_TO;
        if (like.escape() == null && !similar) {
            return pattern;
        }
        List<Operand> arguments = new ArrayList<>();
        arguments.add(pattern);
        if (like.escape() != null) {
            arguments.add(expressions.operand(like.escape()));
        }
        String function = similar ? "similar_to_escape" : "like_escape";
        return new Operand(
                expressions.functions.scalar(function, arguments, like.position()),
                pattern.position());
    }

    TypedExpression quantified(Expression.QuantifiedArray comparison) {
        String symbol = OperatorAnalyzer.symbol(comparison.operator(), comparison.position());
        Operand left = expressions.operand(comparison.left());
        Operand array = expressions.operand(comparison.array());
        SqlType element = elementType(array, comparison.position());
        Resolved operator =
                expressions.operators.resolve(
                        symbol, List.of(left.type(), element), comparison.position());
        if (operator.resultType().kind() != TypeKind.BOOLEAN) {
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "op ANY/ALL (array) requires operator to yield boolean")
                    .at(comparison.position());
        }
        SqlType arrayType = SqlType.arrayOf(operator.argumentTypes().get(1).withoutModifier());
        return new TypedExpression.ArrayComparison(
                expressions.coercion.implicit(left, operator.argumentTypes().getFirst()),
                operator,
                expressions.coercion.implicit(array, arrayType),
                comparison.quantifier() == Quantifier.ALL);
    }

    private static SqlType elementType(Operand array, int position) {
        return switch (array.type()) {
            case SqlType.Array type -> type.element();
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.UNKNOWN -> SqlType.UNKNOWN;
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.INT2VECTOR ->
                    SqlType.SMALLINT;
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.OIDVECTOR -> SqlType.OID;
            case SqlType.Scalar _, SqlType.Row _ ->
                    throw new DatabaseException(
                                    SqlState.WRONG_OBJECT_TYPE,
                                    "op ANY/ALL (array) requires array on right side")
                            .at(position);
        };
    }
}
