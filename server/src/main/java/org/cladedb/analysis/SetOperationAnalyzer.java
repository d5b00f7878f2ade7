package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.types.CompositeComparison;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// UNION, INTERSECT and EXCEPT.
final class SetOperationAnalyzer {
    private final QueryScope scope;
    private final Coercion coercion;

    SetOperationAnalyzer(QueryScope scope) {
        this.scope = scope;
        this.coercion = new Coercion(scope.state());
    }

    PendingQuery analyze(QueryBody.SetOperation operation) {
        PendingQuery left = side(operation.left());
        PendingQuery right = side(operation.right());
        String name = operation.operator().name();
        if (left.items().size() != right.items().size()) {
            int position =
                    right.items().isEmpty()
                            ? operation.right().position()
                            : right.items().getFirst().position();
            throw unequalColumns(name, position);
        }
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < left.items().size(); i++) {
            List<Operand> both =
                    List.of(left.items().get(i).operand(), right.items().get(i).operand());
            SqlType common = coercion.commonType(both, name);
            resolve(left, i, common);
            resolve(right, i, common);
            if (!operation.all() || operation.operator() != QueryBody.SetOperator.UNION) {
                Ordering.requireEquality(common, left.items().get(i).position());
                requireSimilar(both);
            }
            types.add(common);
        }
        return new SetQuery(operation, left, right, types);
    }

    /// Refuses records that are bound to be found different in kind when they are compared.
    private static void requireSimilar(List<Operand> both) {
        if (both.getFirst().type() instanceof SqlType.Row left
                && both.getLast().type() instanceof SqlType.Row right
                && !left.fields().isEmpty()
                && !right.fields().isEmpty()) {
            SqlType one = left.fields().getFirst().type().withoutModifier();
            SqlType other = right.fields().getFirst().type().withoutModifier();
            if (!one.equals(other)) {
                throw CompositeComparison.dissimilar(one, other, 0);
            }
        }
    }

    static DatabaseException unequalColumns(String name, int position) {
        return new DatabaseException(
                        SqlState.SYNTAX_ERROR,
                        "each " + name + " query must have the same number of columns")
                .at(position);
    }

    private PendingQuery side(QueryBody body) {
        return body instanceof QueryBody.SetOperation inner
                ? analyze(inner)
                : new SelectAnalyzer(scope).side(body);
    }

    private static void resolve(PendingQuery side, int index, SqlType type) {
        if (side.items().get(index).type().kind() == TypeKind.UNKNOWN) {
            side.resolve(index, type);
        }
    }

    private final class SetQuery implements PendingQuery {
        private final QueryBody.SetOperation operation;
        private final PendingQuery left;
        private final PendingQuery right;
        private final List<OutputColumn> columns = new ArrayList<>();
        private final List<TargetItem> items = new ArrayList<>();

        SetQuery(
                QueryBody.SetOperation operation,
                PendingQuery left,
                PendingQuery right,
                List<SqlType> types) {
            this.operation = operation;
            this.left = left;
            this.right = right;
            for (int i = 0; i < types.size(); i++) {
                TargetItem first = left.items().get(i);
                OutputColumn column = scope.state().column(first.name(), types.get(i));
                columns.add(column);
                items.add(
                        TargetItem.of(
                                scope.state(), first.name(), column.reference(), first.position()));
            }
        }

        @Override
        public List<TargetItem> items() {
            return items;
        }

        @Override
        public void resolve(int index, SqlType type) {
            throw new IllegalStateException("the types of a set operation are never open");
        }

        @Override
        public LogicalNode build() {
            LogicalNode.SetOperation.Kind kind =
                    switch (operation.operator()) {
                        case UNION -> LogicalNode.SetOperation.Kind.UNION;
                        case INTERSECT -> LogicalNode.SetOperation.Kind.INTERSECT;
                        case EXCEPT -> LogicalNode.SetOperation.Kind.EXCEPT;
                    };
            return new LogicalNode.SetOperation(
                    kind, operation.all(), convert(left), convert(right), columns);
        }

        private LogicalNode convert(PendingQuery side) {
            List<SqlType> types = columns.stream().map(OutputColumn::type).toList();
            return SetOperationAnalyzer.convert(
                    scope.state(), side, types, operation.operator().name());
        }
    }

    /// The plan of one side of `construct` with its columns converted to the common types.
    static LogicalNode convert(
            StatementState state, PendingQuery side, List<SqlType> types, String construct) {
        Coercion coercion = new Coercion(state);
        LogicalNode plan = side.build();
        List<Assignment> assignments = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < types.size(); i++) {
            OutputColumn column = plan.columns().get(i);
            TypedExpression value = column.reference();
            TypedExpression converted =
                    coercion.unify(
                            new Operand(value, side.items().get(i).position()),
                            types.get(i),
                            construct);
            changed |= !converted.equals(value);
            assignments.add(
                    new Assignment(state.column(column.name(), converted.type()), converted));
        }
        return changed ? new LogicalNode.Project(plan, assignments) : plan;
    }
}
