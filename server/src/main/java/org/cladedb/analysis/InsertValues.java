package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.QueryBody;

/// The VALUES of an INSERT: each value converts to its column's type by itself, and may be DEFAULT.
final class InsertValues {
    private final ExpressionAnalyzer expressions;
    private final ModifyStatement.Insert insert;
    private final WriteTarget target;
    private final List<Column> columns;
    private final Map<Integer, TypedExpression> defaults = new HashMap<>();

    InsertValues(
            QueryScope scope,
            ModifyStatement.Insert insert,
            WriteTarget target,
            List<Column> columns) {
        this.expressions = new ExpressionAnalyzer(scope);
        this.insert = insert;
        this.target = target;
        this.columns = columns;
    }

    InsertSource analyze(QueryBody.ValuesBody values) {
        List<List<Expression>> rows = new ArrayList<>();
        int width = -1;
        for (List<Expression> written : values.rows()) {
            List<Expression> row = expand(written);
            if (width >= 0 && row.size() != width) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(row.isEmpty() ? values.position() : row.getFirst().position());
            }
            width = row.size();
            rows.add(row);
        }
        List<Expression> first = rows.getFirst();
        InsertAnalyzer.checkWidth(
                insert, width, columns.size(), i -> SourcePositions.start(first.get(i)));
        for (int i = 0; i < width; i++) {
            checkGeneratedColumn(rows, i);
        }
        return plan(rows, width);
    }

    private static List<Expression> expand(List<Expression> row) {
        for (Expression value : row) {
            if (value instanceof Expression.Star || value instanceof Expression.FieldStar) {
                throw ExpressionAnalyzer.unsupported("* in VALUES is", value.position());
            }
        }
        return row;
    }

    private void checkGeneratedColumn(List<List<Expression>> rows, int index) {
        boolean allDefault =
                rows.stream().allMatch(row -> row.get(index) instanceof Expression.DefaultValue);
        if (!allDefault) {
            InsertAnalyzer.checkGiven(insert.overriding(), columns.get(index));
        }
    }

    private InsertSource plan(List<List<Expression>> rows, int width) {
        // A single row is like the select list of a SELECT without FROM.
        ExpressionKind place = rows.size() == 1 ? ExpressionKind.VALUES_ROW : ExpressionKind.VALUES;
        List<List<TypedExpression>> typed = new ArrayList<>();
        for (List<Expression> row : rows) {
            List<TypedExpression> cells = new ArrayList<>(width);
            for (int i = 0; i < width; i++) {
                cells.add(value(row.get(i), columns.get(i), place));
            }
            typed.add(cells);
        }
        List<OutputColumn> produced = new ArrayList<>();
        Map<Integer, TypedExpression> values = new HashMap<>();
        for (int i = 0; i < width; i++) {
            Column column = columns.get(i);
            OutputColumn output = expressions.state.column(column.name(), column.type());
            produced.add(output);
            values.put(column.number(), output.reference());
        }
        List<SetCall> sets = expressions.scope.setCalls();
        LogicalNode plan =
                sets.isEmpty()
                        ? new LogicalNode.Values(typed, produced)
                        : new SetProjection(expressions.state, sets)
                                .project(new LogicalNode.SingleRow(), produced, typed.getFirst());
        return new InsertSource(plan, values);
    }

    private TypedExpression value(Expression written, Column column, ExpressionKind place) {
        if (written instanceof Expression.DefaultValue) {
            return defaults.computeIfAbsent(
                    column.number(),
                    _ ->
                            new StoredExpressions(expressions.state)
                                    .defaultValue(target.table(), column));
        }
        TypedExpression value = expressions.analyze(written, place);
        return expressions.coercion.assignment(
                new Operand(value, SourcePositions.start(written)), column.type(), column.name());
    }
}
