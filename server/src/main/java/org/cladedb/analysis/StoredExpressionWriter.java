package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.stored.StoredNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Rewrites analysed expressions into what is stored: names become numbers, literals get the type
/// they were read as, and conversions that nobody wrote are written.
final class StoredExpressionWriter {
    private static final Set<String> MIXED_OPERATORS =
            Set.of("+", "-", "*", "/", "=", "<>", "<", ">", "<=", ">=");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=");

    private final Resolutions resolutions;
    private final StoredLiterals literals;
    private final StoredQueryWriter queries;

    StoredExpressionWriter(
            Resolutions resolutions, StoredLiterals literals, StoredQueryWriter queries) {
        this.resolutions = resolutions;
        this.literals = literals;
        this.queries = queries;
    }

    List<Expression> values(List<Expression> expressions) {
        return expressions.stream().map(this::value).toList();
    }

    @Nullable Expression valueOrNull(@Nullable Expression expression) {
        return expression == null ? null : value(expression);
    }

    /// The expression as its surroundings see it.
    Expression value(Expression expression) {
        TypedExpression own = resolutions.value(expression);
        if (own == null) {
            return plain(expression);
        }
        TypedExpression converted = resolutions.converted(own);
        if (own.type().kind() == TypeKind.UNKNOWN && own instanceof Constant literal) {
            return literal(literal, converted, expression);
        }
        Expression plain = plain(expression);
        return own.type().equals(converted.type()) || isCollatedLiteral(expression, own)
                ? plain
                : StoredLiterals.cast(plain, converted.type());
    }

    private Expression literal(Constant literal, TypedExpression converted, Expression written) {
        if (converted.type().kind() == TypeKind.UNKNOWN) {
            Expression plain = plain(written);
            return plain instanceof Expression.NullLiteral
                    ? StoredLiterals.cast(plain, converted.type())
                    : plain;
        }
        Expression read = literals.read(literal, converted.type());
        boolean isCut =
                converted instanceof TypedExpression.Cast cast
                        && cast.explicit()
                        && cast.type().modifier() >= 0;
        if (!isCut) {
            return read;
        }
        Expression value =
                read instanceof Expression.Cast inner
                                && inner.operand() instanceof Expression.StringLiteral
                        ? inner.operand()
                        : read;
        return StoredLiterals.cast(value, converted.type());
    }

    /// The expression without the conversion that its surroundings want, except for literals
    /// without a type.
    Expression unconverted(Expression expression) {
        TypedExpression own = resolutions.value(expression);
        return own == null || own.type().kind() == TypeKind.UNKNOWN
                ? value(expression)
                : plain(expression);
    }

    /// The expression with the type it has by itself.
    private Expression plain(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.StringLiteral _ ->
                    expression;
            case Expression.IntegerLiteral _, Expression.DecimalLiteral _ ->
                    resolutions.value(expression) instanceof Constant number
                            ? StoredLiterals.of(number)
                            : expression;
            case Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.DefaultValue _,
                    Expression.ValueFunction _ ->
                    expression;
            case Expression.ColumnReference reference -> reference(reference.name());
            case Expression.Star star when star.qualifier() != null -> reference(star.qualifier());
            case Expression.Star star -> star;
            case Expression.Cast cast -> cast(cast);
            case Expression.UnaryOperator operator ->
                    new Expression.UnaryOperator(
                            operator.operator(), value(operator.operand()), -1);
            case Expression.BinaryOperator operator -> binary(operator);
            case Expression.And and -> new Expression.And(values(and.operands()), -1);
            case Expression.Or or -> new Expression.Or(values(or.operands()), -1);
            case Expression.Not not -> new Expression.Not(value(not.operand()), -1);
            case Expression.IsNull test ->
                    new Expression.IsNull(value(test.operand()), test.negated(), -1);
            case Expression.IsTruth test ->
                    new Expression.IsTruth(value(test.operand()), test.value(), test.negated(), -1);
            case Expression.IsDistinctFrom test -> distinct(test);
            case Expression.Between between -> between(between);
            case Expression.InList in ->
                    new Expression.InList(
                            value(in.operand()), values(in.values()), in.negated(), -1);
            case Expression.InSubquery in ->
                    new Expression.InSubquery(
                            value(in.operand()), query(in.query()), in.negated(), -1);
            case Expression.Like like ->
                    new Expression.Like(
                            value(like.operand()),
                            value(like.pattern()),
                            valueOrNull(like.escape()),
                            like.kind(),
                            like.negated(),
                            -1);
            case Expression.QuantifiedArray quantified ->
                    new Expression.QuantifiedArray(
                            value(quantified.left()),
                            quantified.operator(),
                            quantified.quantifier(),
                            value(quantified.array()),
                            -1);
            case Expression.QuantifiedSubquery quantified ->
                    new Expression.QuantifiedSubquery(
                            value(quantified.left()),
                            quantified.operator(),
                            quantified.quantifier(),
                            query(quantified.query()),
                            -1);
            case Expression.Exists exists -> new Expression.Exists(query(exists.query()), -1);
            case Expression.Subquery subquery ->
                    new Expression.Subquery(query(subquery.query()), -1);
            case Expression.Multiset multiset ->
                    new Expression.Multiset(query(multiset.query()), -1);
            case Expression.ArraySubquery array ->
                    new Expression.ArraySubquery(query(array.query()), -1);
            case Expression.ArrayConstructor array ->
                    new Expression.ArrayConstructor(values(array.elements()), -1);
            case Expression.RowConstructor row ->
                    new Expression.RowConstructor(fields(row.fields()), row.explicit(), -1);
            case Expression.Case choice -> choice(choice);
            case Expression.Coalesce coalesce ->
                    new Expression.Coalesce(values(coalesce.arguments()), -1);
            case Expression.NullIf test ->
                    new Expression.NullIf(
                            mixed("=", test.left(), test.right()),
                            mixed("=", test.right(), test.left()),
                            -1);
            case Expression.GreatestLeast extreme ->
                    new Expression.GreatestLeast(
                            extreme.greatest(), values(extreme.arguments()), -1);
            case Expression.FunctionCall call -> call(call);
            case Expression.Collate collate -> collated(collate);
            case Expression.Subscripted subscripted ->
                    new Expression.Subscripted(
                            value(subscripted.base()),
                            subscripted.subscripts().stream().map(this::subscript).toList(),
                            -1);
            case Expression.FieldSelection selection ->
                    new Expression.FieldSelection(value(selection.base()), selection.field(), -1);
            case Expression.FieldStar star -> new Expression.FieldStar(value(star.base()), -1);
        };
    }

    /// What surrounds a literal with COLLATE converts the literal.
    private static boolean isCollatedLiteral(Expression expression, TypedExpression own) {
        return expression instanceof Expression.Collate && own.type().kind() == TypeKind.UNKNOWN;
    }

    /// A literal may have become of a type that has no collations.
    private Expression collated(Expression.Collate collate) {
        Expression operand = value(collate.operand());
        TypedExpression own = resolutions.value(collate.operand());
        if (own != null) {
            SqlType type = resolutions.converted(own).type();
            if (type.kind() != TypeKind.UNKNOWN && !Collations.isCollatable(type)) {
                return operand;
            }
        }
        return new Expression.Collate(operand, collate.collation(), -1);
    }

    private SelectStatement query(SelectStatement query) {
        return queries.query(query);
    }

    Expression reference(QualifiedName name) {
        return reference(resolutions.reference(name));
    }

    Expression reference(Resolutions.Reference reference) {
        String range = queries.rangeName(reference.range());
        List<String> parts =
                switch (reference) {
                    case Resolutions.ColumnPlace place ->
                            List.of(range, StoredNames.column(place.column()));
                    case Resolutions.WholeRow _ -> List.of(range);
                    case Resolutions.SystemColumn column -> List.of(range, column.name());
                };
        return new Expression.ColumnReference(new QualifiedName(parts, -1), -1);
    }

    private Expression distinct(Expression.IsDistinctFrom test) {
        if (isNullTest(test.right(), test.left())) {
            return new Expression.IsNull(value(test.left()), !test.negated(), -1);
        }
        if (isNullTest(test.left(), test.right())) {
            return new Expression.IsNull(value(test.right()), !test.negated(), -1);
        }
        return new Expression.IsDistinctFrom(
                mixed("=", test.left(), test.right()),
                mixed("=", test.right(), test.left()),
                test.negated(),
                -1);
    }

    private boolean isNullTest(Expression side, Expression compared) {
        TypedExpression other = resolutions.value(compared);
        return other != null && ComparisonAnalyzer.isNullTest(side, other.type());
    }

    private Expression cast(Expression.Cast cast) {
        TypedExpression own = resolutions.value(cast);
        TypedExpression operand = resolutions.value(cast.operand());
        if (own == null || operand == null) {
            return new Expression.Cast(value(cast.operand()), cast.type(), -1);
        }
        if (operand.type().kind() == TypeKind.UNKNOWN && operand instanceof Constant literal) {
            return literal(literal, own, cast.operand());
        }
        Expression plain = plain(cast.operand());
        return own.type().equals(operand.type()) ? plain : StoredLiterals.cast(plain, own.type());
    }

    private Expression binary(Expression.BinaryOperator operator) {
        String symbol = operator.operator().symbol();
        return new Expression.BinaryOperator(
                operator.operator(),
                mixed(symbol, operator.left(), operator.right()),
                mixed(symbol, operator.right(), operator.left()),
                -1);
    }

    /// An operand of an operator; without its conversion where PostgreSQL has an operator for the
    /// two types as they are.
    private Expression mixed(String symbol, Expression operand, Expression other) {
        TypedExpression own = resolutions.value(operand);
        TypedExpression beside = resolutions.value(other);
        return own != null && beside != null && areMixed(symbol, own.type(), beside.type())
                ? unconverted(operand)
                : value(operand);
    }

    private static boolean areMixed(String symbol, SqlType one, SqlType other) {
        if (!MIXED_OPERATORS.contains(symbol)) {
            return false;
        }
        char family = family(one.kind());
        if (family == ' ' || family != family(other.kind())) {
            return false;
        }
        return family != 'd' || COMPARISONS.contains(symbol);
    }

    private static char family(TypeKind kind) {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT -> 'i';
            case REAL, DOUBLE -> 'f';
            case DATE, TIMESTAMP, TIMESTAMPTZ -> 'd';
            default -> ' ';
        };
    }

    private Expression between(Expression.Between between) {
        return new Expression.Between(
                mixed("<", between.operand(), between.low()),
                mixed("<", between.low(), between.operand()),
                mixed("<", between.high(), between.operand()),
                between.symmetric(),
                between.negated(),
                -1);
    }

    private List<Expression> fields(List<Expression> fields) {
        List<Expression> all = new ArrayList<>();
        for (Expression field : fields) {
            List<Resolutions.Reference> columns = resolutions.star(field);
            if (columns.isEmpty()) {
                all.add(value(field));
            } else {
                columns.forEach(column -> all.add(reference(column)));
            }
        }
        return all;
    }

    private Expression choice(Expression.Case choice) {
        List<Expression.WhenClause> whens = new ArrayList<>();
        for (Expression.WhenClause when : choice.whens()) {
            whens.add(new Expression.WhenClause(value(when.condition()), value(when.result()), -1));
        }
        TypedExpression own = resolutions.value(choice);
        Expression otherwise = valueOrNull(choice.otherwise());
        if (otherwise == null && own != null) {
            otherwise = StoredLiterals.cast(new Expression.NullLiteral(-1), own.type());
        }
        return new Expression.Case(valueOrNull(choice.operand()), whens, otherwise, -1);
    }

    private Expression call(Expression.FunctionCall call) {
        if (isCast(call)) {
            Expression argument = call.arguments().getFirst().value();
            TypedExpression own = resolutions.value(call);
            if (own != null) {
                return StoredLiterals.cast(unconverted(argument), own.type());
            }
        }
        List<FunctionArgument> arguments =
                call.arguments().stream()
                        .map(argument ->
                                new FunctionArgument(argument.name(), argument(call, argument)))
                        .toList();
        WindowSpecification over = call.over();
        return new Expression.FunctionCall(
                QualifiedName.system(call.name().last(), -1),
                arguments,
                call.star(),
                call.distinct(),
                call.variadic(),
                order(call.orderBy()),
                call.withinGroup(),
                valueOrNull(call.filter()),
                over == null ? null : window(over),
                call.syntax(),
                -1);
    }

    /// PostgreSQL leaves out conversions that nobody wrote in calls that have a syntax of their
    /// own.
    private Expression argument(Expression.FunctionCall call, FunctionArgument argument) {
        return call.syntax() == Expression.CallSyntax.SQL
                ? unconverted(argument.value())
                : value(argument.value());
    }

    /// Whether the function is the name of a type, used to convert.
    private boolean isCast(Expression.FunctionCall call) {
        TypedExpression own = resolutions.value(call);
        return call.arguments().size() == 1
                && call.syntax() == Expression.CallSyntax.CALL
                && (own instanceof TypedExpression.Cast || own instanceof Constant)
                && TypeKind.byTypeName(call.name().last()) != null;
    }

    List<OrderItem> order(List<OrderItem> items) {
        return items.stream().map(item -> sorted(item, value(item.expression()))).toList();
    }

    static OrderItem sorted(OrderItem item, Expression expression) {
        return new OrderItem(expression, item.direction(), item.nulls(), item.operator(), -1);
    }

    WindowSpecification window(WindowSpecification window) {
        WindowSpecification.Frame frame = window.frame();
        return new WindowSpecification(
                window.name(),
                window.reference(),
                values(window.partitionBy()),
                order(window.orderBy()),
                frame == null
                        ? null
                        : new WindowSpecification.Frame(
                                frame.unit(),
                                bound(frame.start()),
                                bound(frame.end()),
                                frame.exclusion(),
                                -1),
                -1);
    }

    private WindowSpecification.FrameBound bound(WindowSpecification.FrameBound bound) {
        Expression offset = bound.offset();
        return new WindowSpecification.FrameBound(
                bound.kind(), offset == null ? null : unconverted(offset), -1);
    }

    private Expression.Subscript subscript(Expression.Subscript subscript) {
        return new Expression.Subscript(
                subscript.slice(), valueOrNull(subscript.lower()), valueOrNull(subscript.upper()));
    }
}
