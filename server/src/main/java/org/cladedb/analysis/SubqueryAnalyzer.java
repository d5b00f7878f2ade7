package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Subqueries in expressions.
final class SubqueryAnalyzer {
    private final ExpressionAnalyzer expressions;

    SubqueryAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    private LogicalNode plan(SelectStatement query, int position) {
        refuseInStored(position);
        return new SelectAnalyzer(expressions.scope.child()).analyze(query).buildSettled();
    }

    private void refuseInStored(int position) {
        String place =
                switch (expressions.scope.kind()) {
                    case CHECK -> "check constraint";
                    case DEFAULT -> "DEFAULT expression";
                    case GENERATED -> "column generation expression";
                    case INDEX -> "index expression";
                    case INDEX_PREDICATE -> "index predicate";
                    default -> null;
                };
        if (place != null) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "cannot use subquery in " + place)
                    .at(position);
        }
    }

    /// An item of a select list: a nested result if it has several columns.
    TypedExpression selectItem(Expression.Subquery subquery) {
        LogicalNode plan = plan(subquery.query(), subquery.position());
        if (plan.columns().size() == 1) {
            return new TypedExpression.ScalarSubquery(plan, plan.columns().getFirst().type());
        }
        return nested(plan, subquery.position());
    }

    TypedExpression multiset(Expression.Multiset multiset) {
        return nested(plan(multiset.query(), multiset.position()), multiset.position());
    }

    static TypedExpression nested(LogicalNode plan, int position) {
        if (plan.columns().isEmpty()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, "subquery must return at least one column")
                    .at(position);
        }
        List<SqlType.Field> fields = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            fields.add(new SqlType.Field(column.name(), column.type()));
        }
        return new TypedExpression.NestedSubquery(plan, new SqlType.Array(new SqlType.Row(fields)));
    }

    TypedExpression scalar(Expression.Subquery subquery) {
        LogicalNode plan = plan(subquery.query(), subquery.position());
        return new TypedExpression.ScalarSubquery(plan, single(plan, subquery.position()).type());
    }

    private static OutputColumn single(LogicalNode plan, int position) {
        if (plan.columns().size() != 1) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR, "subquery must return only one column")
                    .at(position);
        }
        return plan.columns().getFirst();
    }

    TypedExpression exists(Expression.Exists exists) {
        return new TypedExpression.Exists(plan(exists.query(), exists.position()));
    }

    TypedExpression array(Expression.ArraySubquery array) {
        LogicalNode plan = asValues(plan(array.query(), array.position()), array.position());
        SqlType column = plan.columns().getFirst().type();
        SqlType element = column instanceof SqlType.Row ? SqlType.of(TypeKind.RECORD) : column;
        return new TypedExpression.ArraySubquery(
                plan, element.isArray() ? element : SqlType.arrayOf(element));
    }

    /// The query of one column, with values for functions: json for nested results.
    private LogicalNode asValues(LogicalNode plan, int position) {
        OutputColumn column = single(plan, position);
        if (!column.type().isNestedResult()) {
            return plan;
        }
        Operand value = new Operand(column.reference(), position).asValue();
        OutputColumn output = expressions.state.column(column.name(), value.type());
        return new LogicalNode.Project(plan, List.of(new Assignment(output, value.expression())));
    }

    TypedExpression in(Expression.InSubquery in) {
        TypedExpression result = compare(in.operand(), "=", false, in.query(), in.position());
        return in.negated() ? new TypedExpression.Not(result) : result;
    }

    TypedExpression quantified(Expression.QuantifiedSubquery comparison) {
        String symbol = OperatorAnalyzer.symbol(comparison.operator(), comparison.position());
        boolean all = comparison.quantifier() == Quantifier.ALL;
        boolean severalColumns =
                comparison.left() instanceof Expression.RowConstructor row
                        && row.fields().size() > 1;
        if (severalColumns && symbol.equals("<>") && all) {
            return new TypedExpression.Not(
                    compare(
                            comparison.left(),
                            "=",
                            false,
                            comparison.query(),
                            comparison.position()));
        }
        if (comparison.left() instanceof Expression.RowConstructor row
                && severalColumns
                && !(symbol.equals("=") && !all)) {
            return rowByRow(row, symbol, all, comparison);
        }
        return compare(comparison.left(), symbol, all, comparison.query(), comparison.position());
    }

    /// `(a, b) op ANY (SELECT x, y …)`, which is `true = ANY (SELECT (a, b) op (x, y) …)`.
    private TypedExpression rowByRow(
            Expression.RowConstructor row,
            String symbol,
            boolean all,
            Expression.QuantifiedSubquery comparison) {
        int position = comparison.position();
        List<Operand> left = expressions.operands(row.fields());
        for (Operand operand : left) {
            if (Expressions.isVolatile(operand.expression())) {
                // It would be computed anew for every row.
                throw ExpressionAnalyzer.unsupported(
                        "comparison of a volatile row with a subquery is", operand.position());
            }
        }
        LogicalNode compared = compared(symbol, left, comparison.query(), position);
        TypedExpression isTrue = new TypedExpression.Constant(Datum.ofLong(1), SqlType.BOOLEAN);
        Resolved equality =
                expressions.operators.resolve(
                        "=", List.of(SqlType.BOOLEAN, SqlType.BOOLEAN), position);
        return new TypedExpression.QuantifiedSubquery(
                List.of(isTrue), List.of(equality), compared, all);
    }

    private TypedExpression compare(
            Expression left, String symbol, boolean all, SelectStatement query, int position) {
        List<Operand> operands =
                left instanceof Expression.RowConstructor row
                        ? expressions.operands(row.fields())
                        : List.of(expressions.operand(left));
        LogicalNode plan = plan(query, position);
        List<OutputColumn> columns = plan.columns();
        requireColumns(plan, operands.size(), position);
        List<TypedExpression> converted = new ArrayList<>();
        List<Resolved> operators = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Resolved operator =
                    expressions.operators.resolve(
                            symbol,
                            List.of(operands.get(i).type(), columns.get(i).type()),
                            position);
            OperatorAnalyzer.requireBoolean(operator, position);
            operators.add(operator);
            types.add(operator.argumentTypes().get(1));
            converted.add(
                    expressions.coercion.implicit(
                            operands.get(i), operator.argumentTypes().getFirst()));
        }
        return new TypedExpression.QuantifiedSubquery(
                converted, operators, castColumns(plan, types, position), all);
    }

    /// `(a, b) op (SELECT x, y …)`, which is `(SELECT (a, b) op (x, y) …)`: NULL for no row, and
    /// refused for several.
    TypedExpression row(String symbol, List<Operand> left, SelectStatement query, int position) {
        return new TypedExpression.ScalarSubquery(
                compared(symbol, left, query, position), SqlType.BOOLEAN);
    }

    /// `SELECT (a, b) op (x, y)` over the query that gives x and y.
    private LogicalNode compared(
            String symbol, List<Operand> left, SelectStatement query, int position) {
        LogicalNode plan = plan(query, position);
        requireColumns(plan, left.size(), position);
        List<Operand> right =
                plan.columns().stream()
                        .map(column -> new Operand(column.reference(), position))
                        .toList();
        TypedExpression comparison = expressions.operators.rows(symbol, left, right, position);
        OutputColumn result = expressions.state.column("?column?", SqlType.BOOLEAN);
        return new LogicalNode.Project(plan, List.of(new Assignment(result, comparison)));
    }

    private static void requireColumns(LogicalNode plan, int count, int position) {
        int columns = plan.columns().size();
        if (columns != count) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            columns < count
                                    ? "subquery has too few columns"
                                    : "subquery has too many columns")
                    .at(position);
        }
    }

    /// The plan with its columns converted to `types`; itself when they are so already.
    private LogicalNode castColumns(LogicalNode plan, List<SqlType> types, int position) {
        boolean changed = false;
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            OutputColumn column = plan.columns().get(i);
            TypedExpression value = column.reference();
            TypedExpression converted =
                    expressions.coercion.implicit(new Operand(value, position), types.get(i));
            changed |= !converted.equals(value);
            assignments.add(
                    new Assignment(
                            expressions.state.column(column.name(), converted.type()), converted));
        }
        return changed ? new LogicalNode.Project(plan, assignments) : plan;
    }
}
