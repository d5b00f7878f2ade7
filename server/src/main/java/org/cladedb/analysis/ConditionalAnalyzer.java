package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// CASE, COALESCE, NULLIF, GREATEST and LEAST: expressions whose operands share a type.
final class ConditionalAnalyzer {
    private final ExpressionAnalyzer expressions;

    ConditionalAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression choice(Expression.Case choice) {
        int setCalls = expressions.scope.setCallPositions().size();
        Operand tested = choice.operand() == null ? null : tested(choice.operand());
        List<TypedExpression> conditions = new ArrayList<>();
        List<Operand> results = new ArrayList<>();
        for (Expression.WhenClause when : choice.whens()) {
            Operand condition = expressions.operand(when.condition());
            conditions.add(
                    tested == null
                            ? expressions.coercion.toBoolean(condition, "CASE/WHEN")
                            : expressions.operators.binary(
                                    "=", tested, condition, when.position()));
            results.add(expressions.operand(when.result()));
        }
        Operand otherwise =
                choice.otherwise() == null ? null : expressions.operand(choice.otherwise());
        refuseSetCalls(setCalls, "CASE");
        // PostgreSQL looks at ELSE first.
        List<Operand> all = new ArrayList<>(results);
        if (otherwise != null) {
            all.addFirst(otherwise);
        }
        SqlType common = expressions.coercion.commonType(all, "CASE");
        TypedExpression last =
                otherwise == null ? null : expressions.coercion.unify(otherwise, common, "CASE");
        List<TypedExpression> converted = expressions.coercion.unify(results, common, "CASE");
        List<TypedExpression.When> whens = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            whens.add(new TypedExpression.When(conditions.get(i), converted.get(i)));
        }
        return new TypedExpression.Case(whens, last, common);
    }

    private Operand tested(Expression operand) {
        Operand analyzed = expressions.operand(operand);
        if (Expressions.isVolatile(analyzed.expression())) {
            // It would be computed anew for every WHEN.
            throw ExpressionAnalyzer.unsupported(
                    "CASE of a volatile expression is", analyzed.position());
        }
        return analyzed.expression() instanceof TypedExpression.Constant
                ? new Operand(expressions.coercion.settle(analyzed), analyzed.position())
                : analyzed;
    }

    private void refuseSetCalls(int before, String construct) {
        if (expressions.scope.setCallPositions().size() > before) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "set-returning functions are not allowed in " + construct)
                    .withHint(
                            "You might be able to move the set-returning function into a LATERAL"
                                    + " FROM item.")
                    .at(expressions.scope.setCallPositions().get(before));
        }
    }

    TypedExpression coalesce(Expression.Coalesce coalesce) {
        int setCalls = expressions.scope.setCallPositions().size();
        List<Operand> operands = expressions.operands(coalesce.arguments());
        refuseSetCalls(setCalls, "COALESCE");
        SqlType common = expressions.coercion.commonType(operands, "COALESCE");
        return new TypedExpression.Coalesce(
                expressions.coercion.unify(operands, common, "COALESCE"), common);
    }

    TypedExpression extreme(Expression.GreatestLeast extreme) {
        String construct = extreme.greatest() ? "GREATEST" : "LEAST";
        List<Operand> operands = expressions.operands(extreme.arguments());
        SqlType common = expressions.coercion.commonType(operands, construct);
        Ordering.requireOrder(common, extreme.position());
        return new TypedExpression.Extreme(
                expressions.coercion.unify(operands, common, construct),
                extreme.greatest(),
                common);
    }

    TypedExpression nullIf(Expression.NullIf test) {
        Operand left = expressions.operand(test.left());
        Operand right = expressions.operand(test.right());
        Resolved equality =
                expressions.operators.resolve(
                        "=", List.of(left.type(), right.type()), test.position());
        if (equality.resultType().kind() != TypeKind.BOOLEAN) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "NULLIF requires = operator to yield boolean")
                    .at(test.position());
        }
        return new TypedExpression.NullIf(
                expressions.coercion.implicit(left, equality.argumentTypes().get(0)),
                expressions.coercion.implicit(right, equality.argumentTypes().get(1)),
                equality);
    }
}
