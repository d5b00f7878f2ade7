package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.error.Unsupported;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Expressions of one query level: gives each form to the class of its family.
final class ExpressionAnalyzer {
    final QueryScope scope;
    final StatementState state;
    final Coercion coercion;
    final NameResolver names;
    final OperatorAnalyzer operators;
    final ComparisonAnalyzer comparisons;
    final FunctionAnalyzer functions;
    final CallRegistration calls;
    final SubqueryAnalyzer subqueries;
    final CompositeAnalyzer composites;
    final ConditionalAnalyzer conditionals;
    private final LiteralAnalyzer literals;

    ExpressionAnalyzer(QueryScope scope) {
        this.scope = scope;
        this.state = scope.state();
        this.coercion = new Coercion(state);
        this.names = new NameResolver(scope);
        this.literals = new LiteralAnalyzer(this);
        this.operators = new OperatorAnalyzer(this);
        this.comparisons = new ComparisonAnalyzer(this);
        this.functions = new FunctionAnalyzer(this);
        this.calls = new CallRegistration(this);
        this.subqueries = new SubqueryAnalyzer(this);
        this.composites = new CompositeAnalyzer(this);
        this.conditionals = new ConditionalAnalyzer(this);
    }

    /// Analyses an expression that stands at a place of `kind`.
    TypedExpression analyze(Expression expression, ExpressionKind kind) {
        ExpressionKind before = scope.kind();
        scope.kind(kind);
        try {
            return analyze(expression);
        } finally {
            scope.kind(before);
        }
    }

    /// A condition: must be boolean.
    TypedExpression condition(Expression expression, ExpressionKind kind, String construct) {
        TypedExpression analyzed = analyze(expression, kind);
        return coercion.toBoolean(
                new Operand(analyzed, SourcePositions.start(expression)), construct);
    }

    Operand operand(Expression expression) {
        return new Operand(analyze(expression), SourcePositions.start(expression));
    }

    List<Operand> operands(List<Expression> expressions) {
        List<Operand> operands = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            operands.add(operand(expression));
        }
        return operands;
    }

    TypedExpression analyze(Expression expression) {
        Cancellation.check();
        TypedExpression value = value(expression);
        Resolutions resolutions = state.resolutions();
        if (resolutions != null) {
            resolutions.value(expression, value);
        }
        return value;
    }

    private TypedExpression value(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral _ -> LiteralAnalyzer.nullLiteral();
            case Expression.BooleanLiteral literal -> LiteralAnalyzer.of(literal);
            case Expression.IntegerLiteral literal -> LiteralAnalyzer.of(literal);
            case Expression.DecimalLiteral literal -> literals.of(literal);
            case Expression.StringLiteral literal -> LiteralAnalyzer.of(literal);
            case Expression.BitStringLiteral literal ->
                    throw unsupported("bit string literals are", literal.position());
            case Expression.Parameter parameter ->
                    state.parameters().read(parameter.number(), parameter.position());
            case Expression.ColumnReference reference -> names.resolve(reference.name());
            case Expression.Star star -> star(star);
            case Expression.DefaultValue value ->
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR, "DEFAULT is not allowed in this context")
                            .at(value.position());
            case Expression.Cast cast -> literals.cast(cast);
            case Expression.UnaryOperator operator -> operators.unary(operator);
            case Expression.BinaryOperator operator -> operators.binary(operator);
            case Expression.And and -> operators.and(and);
            case Expression.Or or -> operators.or(or);
            case Expression.Not not -> operators.not(not);
            case Expression.IsNull test -> comparisons.isNull(test);
            case Expression.IsTruth test -> comparisons.isTruth(test);
            case Expression.IsDistinctFrom test -> comparisons.isDistinct(test);
            case Expression.Between between -> comparisons.between(between);
            case Expression.InList in -> comparisons.in(in);
            case Expression.Like like -> comparisons.like(like);
            case Expression.QuantifiedArray comparison -> comparisons.quantified(comparison);
            case Expression.QuantifiedSubquery comparison -> subqueries.quantified(comparison);
            case Expression.InSubquery in -> subqueries.in(in);
            case Expression.Exists exists -> subqueries.exists(exists);
            case Expression.Subquery subquery -> subqueries.scalar(subquery);
            case Expression.Multiset multiset -> subqueries.multiset(multiset);
            case Expression.ArraySubquery array -> subqueries.array(array);
            case Expression.ArrayConstructor array -> composites.array(array);
            case Expression.RowConstructor row -> composites.row(row);
            case Expression.Subscripted subscripted -> composites.subscript(subscripted);
            case Expression.FieldSelection selection -> composites.field(selection);
            case Expression.FieldStar star ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "row expansion via \"*\" is not supported here")
                            .at(star.position());
            case Expression.Case choice -> conditionals.choice(choice);
            case Expression.Coalesce coalesce -> conditionals.coalesce(coalesce);
            case Expression.NullIf test -> conditionals.nullIf(test);
            case Expression.GreatestLeast extreme -> conditionals.extreme(extreme);
            case Expression.FunctionCall call -> functions.call(call);
            case Expression.ValueFunction function -> functions.value(function);
            case Expression.Collate collate -> collate(collate);
        };
    }

    /// `t.*` where a value is wanted is the whole row.
    private TypedExpression star(Expression.Star star) {
        if (star.qualifier() == null || star.deep()) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "row expansion via \"*\" is not supported here")
                    .at(star.position());
        }
        RangeItem item = names.item(star.qualifier());
        if (state.resolutions() != null) {
            state.resolutions().row(star.qualifier(), item);
        }
        TypedExpression row = item.wholeRow();
        state.locate(row, star.position());
        return row;
    }

    private TypedExpression collate(Expression.Collate collate) {
        TypedExpression value = analyze(collate.operand());
        if (value.type().kind() != TypeKind.UNKNOWN) {
            Collations.requireCollatable(value.type(), collate.position());
        }
        state.noteCollation();
        return new TypedExpression.Collate(
                value,
                Collations.resolve(
                        new QualifiedName(collate.collation().parts(), collate.position()),
                        state.catalog()),
                collate.position());
    }

    static DatabaseException unsupported(String what, int position) {
        return Unsupported.of(what, what + " not supported yet").at(position);
    }

    /// A value of type bigint, as LIMIT and frame offsets want.
    TypedExpression bigint(Expression expression, ExpressionKind kind, String construct) {
        TypedExpression analyzed = analyze(expression, kind);
        return coercion.toType(
                new Operand(analyzed, SourcePositions.start(expression)),
                SqlType.BIGINT,
                construct);
    }
}
