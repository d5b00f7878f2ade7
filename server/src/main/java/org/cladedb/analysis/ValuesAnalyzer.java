package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.types.SqlType;

/// VALUES as a query of its own.
final class ValuesAnalyzer {
    private final ExpressionAnalyzer expressions;

    ValuesAnalyzer(QueryScope scope) {
        this.expressions = new ExpressionAnalyzer(scope);
    }

    PendingQuery analyze(QueryBody.ValuesBody values) {
        List<List<Operand>> rows = rows(expressions, values);
        List<Operand> first = rows.getFirst();
        ValuesQuery query = new ValuesQuery(rows);
        for (int i = 0; i < first.size(); i++) {
            List<Operand> column = new ArrayList<>();
            for (List<Operand> row : rows) {
                column.add(row.get(i));
            }
            SqlType common =
                    rows.size() == 1
                            ? first.get(i).type()
                            : expressions.coercion.commonType(column, "VALUES");
            query.add("column" + (i + 1), common, first.get(i).position());
        }
        return query;
    }

    /// The rows, all of one length, with the types they have by themselves.
    static List<List<Operand>> rows(ExpressionAnalyzer expressions, QueryBody.ValuesBody values) {
        int width = values.rows().getFirst().size();
        List<List<Operand>> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(row.isEmpty() ? values.position() : row.getFirst().position());
            }
            List<Operand> operands = new ArrayList<>(width);
            for (Expression value : row) {
                operands.add(
                        new Operand(
                                expressions.analyze(value, ExpressionKind.VALUES),
                                SourcePositions.start(value)));
            }
            rows.add(operands);
        }
        return rows;
    }

    private final class ValuesQuery implements PendingQuery {
        private final List<List<Operand>> rows;
        private final List<TargetItem> items = new ArrayList<>();
        private final List<OutputColumn> columns = new ArrayList<>();

        ValuesQuery(List<List<Operand>> rows) {
            this.rows = rows;
        }

        void add(String name, SqlType type, int position) {
            OutputColumn column = expressions.state.column(name, type);
            columns.add(column);
            items.add(TargetItem.of(expressions.state, name, column.reference(), position));
        }

        @Override
        public List<TargetItem> items() {
            return items;
        }

        @Override
        public void resolve(int index, SqlType type) {
            TargetItem open = items.get(index);
            OutputColumn column = expressions.state.column(open.name(), type);
            columns.set(index, column);
            items.set(
                    index,
                    TargetItem.of(
                            expressions.state, open.name(), column.reference(), open.position()));
        }

        @Override
        public LogicalNode build() {
            List<List<TypedExpression>> converted = new ArrayList<>();
            for (List<Operand> row : rows) {
                List<TypedExpression> cells = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    cells.add(
                            expressions.coercion.unify(
                                    row.get(i), columns.get(i).type(), "VALUES"));
                }
                converted.add(cells);
            }
            return new LogicalNode.Values(converted, columns);
        }
    }
}
