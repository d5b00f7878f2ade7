package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OperatorName;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Operators, also between rows, and the logical connectives.
final class OperatorAnalyzer {
    private final ExpressionAnalyzer expressions;

    OperatorAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    TypedExpression unary(Expression.UnaryOperator operator) {
        Operand operand = expressions.operand(operator.operand());
        return apply(symbol(operator.operator(), operator.position()), List.of(operand), operator);
    }

    TypedExpression binary(Expression.BinaryOperator operator) {
        requireSchema(operator.operator(), operator.position());
        String symbol = symbol(operator.operator(), operator.position());
        if (operator.left() instanceof Expression.RowConstructor left
                && operator.right() instanceof Expression.RowConstructor right) {
            return rows(
                    symbol,
                    expressions.operands(left.fields()),
                    expressions.operands(right.fields()),
                    operator.position());
        }
        if (operator.left() instanceof Expression.RowConstructor left
                && operator.right() instanceof Expression.Subquery right) {
            return expressions.subqueries.row(
                    symbol,
                    expressions.operands(left.fields()),
                    right.query(),
                    operator.position());
        }
        Operand left = expressions.operand(operator.left());
        Operand right = expressions.operand(operator.right());
        return binary(symbol, left, right, operator.position());
    }

    TypedExpression binary(String symbol, Operand left, Operand right, int position) {
        Resolved resolved = resolve(symbol, List.of(left.type(), right.type()), position);
        return call(resolved, List.of(left, right), position);
    }

    private TypedExpression apply(String symbol, List<Operand> operands, Expression at) {
        List<SqlType> types = operands.stream().map(Operand::type).toList();
        return call(resolve(symbol, types, at.position()), operands, at.position());
    }

    /// The operator for operands of these types.
    Resolved resolve(String symbol, List<SqlType> types, int position) {
        List<SqlType> values = types.stream().map(TypeText::asValue).toList();
        try {
            return expressions.state.functions().resolveOperator(symbol, values);
        } catch (DatabaseException e) {
            throw e.at(position);
        }
    }

    TypedExpression call(Resolved resolved, List<Operand> operands, int position) {
        List<TypedExpression> arguments = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(
                    expressions.coercion.implicit(
                            operands.get(i), resolved.argumentTypes().get(i)));
        }
        return new FunctionCall(resolved, arguments, position);
    }

    private void requireSchema(OperatorName name, int position) {
        String schema = name.schema();
        if (schema != null
                && !schema.equals("pg_catalog")
                && expressions.state.catalog().schema(schema) == null) {
            throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"" + schema + "\" does not exist")
                    .at(position);
        }
    }

    static String symbol(OperatorName name, int position) {
        if (name.schema() != null && !name.schema().equals("pg_catalog")) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "operator does not exist: " + name.schema() + "." + name.symbol())
                    .at(position);
        }
        return name.symbol();
    }

    /// Compares rows field by field, from the left.
    TypedExpression rows(String symbol, List<Operand> left, List<Operand> right, int position) {
        if (left.size() != right.size()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions")
                    .at(position);
        }
        if (left.isEmpty()) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "cannot compare rows of zero length")
                    .at(position);
        }
        List<TypedExpression> pairs = pairs(symbol, left, right, position);
        if (pairs.size() == 1) {
            return pairs.getFirst();
        }
        return switch (symbol) {
            case "=" -> new And(pairs);
            case "<>" -> new Or(pairs);
            case "<", "<=", ">", ">=" -> lexicographic(symbol, left, right, position);
            default ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "could not determine interpretation of row comparison"
                                            + " operator "
                                            + symbol)
                            .withHint(
                                    "Row comparison operators must be associated with btree"
                                            + " operator families.")
                            .at(position);
        };
    }

    /// Refuses operators that give no truth value, where rows are compared.
    static void requireBoolean(Resolved operator, int position) {
        if (operator.resultType().kind() != TypeKind.BOOLEAN) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "row comparison operator must yield type boolean, not type "
                                    + TypeText.of(operator.resultType()))
                    .at(position);
        }
    }

    private List<TypedExpression> pairs(
            String symbol, List<Operand> left, List<Operand> right, int position) {
        List<TypedExpression> pairs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            List<Operand> pair = List.of(left.get(i), right.get(i));
            Resolved resolved =
                    resolve(symbol, pair.stream().map(Operand::type).toList(), position);
            pairs.add(call(resolved, pair, position));
        }
        for (TypedExpression pair : pairs) {
            requireBoolean(((FunctionCall) pair).function(), position);
        }
        return pairs;
    }

    /// `(a, b) < (c, d)` is `a < c OR (a = c AND b < d)`.
    private TypedExpression lexicographic(
            String symbol, List<Operand> left, List<Operand> right, int position) {
        int last = left.size() - 1;
        TypedExpression result = binary(symbol, left.get(last), right.get(last), position);
        String strict = symbol.substring(0, 1);
        for (int i = last - 1; i >= 0; i--) {
            TypedExpression before = binary(strict, left.get(i), right.get(i), position);
            TypedExpression equal = binary("=", left.get(i), right.get(i), position);
            result = new Or(List.of(before, new And(List.of(equal, result))));
        }
        return result;
    }

    TypedExpression and(Expression.And and) {
        return new And(conditions(and.operands(), "AND"));
    }

    TypedExpression or(Expression.Or or) {
        return new Or(conditions(or.operands(), "OR"));
    }

    TypedExpression not(Expression.Not not) {
        return new TypedExpression.Not(
                expressions.coercion.toBoolean(expressions.operand(not.operand()), "NOT"));
    }

    private List<TypedExpression> conditions(List<Expression> operands, String construct) {
        List<TypedExpression> conditions = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            conditions.add(expressions.coercion.toBoolean(expressions.operand(operand), construct));
        }
        return conditions;
    }
}
