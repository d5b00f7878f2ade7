package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ModifyStatement.Assignment;
import org.cladedb.sql.ast.ModifyStatement.ColumnTarget;
import org.jspecify.annotations.Nullable;

/// The SET of UPDATE and of ON CONFLICT DO UPDATE.
final class SetClause {
    private final ExpressionAnalyzer expressions;
    private final WriteTarget target;
    private final List<Modification.SetSlot> sets = new ArrayList<>();
    private final Set<Integer> written = new HashSet<>();

    private SetClause(ExpressionAnalyzer expressions, WriteTarget target) {
        this.expressions = expressions;
        this.target = target;
    }

    static List<Modification.SetSlot> analyze(
            ExpressionAnalyzer expressions, WriteTarget target, List<Assignment> assignments) {
        SetClause clause = new SetClause(expressions, target);
        ExpressionKind before = expressions.scope.kind();
        expressions.scope.kind(ExpressionKind.UPDATE);
        assignments.forEach(clause::add);
        expressions.scope.kind(before);
        return clause.sets;
    }

    private void add(Assignment assignment) {
        if (!assignment.multiple()) {
            set(assignment.targets().getFirst(), assignment.value());
            return;
        }
        switch (assignment.value()) {
            case Expression.RowConstructor row -> {
                List<Source> values = sources(row);
                checkCount(assignment, values.size(), row.position());
                for (int i = 0; i < values.size(); i++) {
                    Source value = values.get(i);
                    if (value.typed() == null) {
                        set(assignment.targets().get(i), value.written());
                    } else {
                        set(assignment.targets().get(i), value.typed());
                    }
                }
            }
            case Expression.Subquery subquery -> setFrom(assignment, subquery);
            case Expression other ->
                    throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "source for a multiple-column UPDATE item must be a"
                                            + " sub-SELECT or ROW() expression")
                            .at(other.position());
        }
    }

    /// An entry of ROW(…), or one of the columns that a star in it stands for.
    ///
    /// @param typed null for what is not analysed yet
    private record Source(Expression written, @Nullable TargetItem typed) {}

    private List<Source> sources(Expression.RowConstructor row) {
        List<Source> sources = new ArrayList<>();
        for (Expression field : row.fields()) {
            List<TargetItem> columns =
                    switch (field) {
                        case Expression.Star star when !star.deep() ->
                                TargetList.expand(expressions, star);
                        case Expression.FieldStar star -> TargetList.expand(expressions, star);
                        default -> List.of();
                    };
            if (columns.isEmpty()) {
                sources.add(new Source(field, null));
            }
            columns.forEach(column -> sources.add(new Source(field, column)));
        }
        return sources;
    }

    private static void checkCount(Assignment assignment, int values, int position) {
        if (assignment.targets().size() != values) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "number of columns does not match number of values")
                    .at(position);
        }
    }

    private void set(ColumnTarget name, Expression value) {
        Column column = column(name);
        if (value instanceof Expression.DefaultValue) {
            if (column.generation() != Column.Generation.STORED) {
                put(
                        column,
                        new StoredExpressions(expressions.state)
                                .defaultValue(target.table(), column));
            }
            return;
        }
        put(
                column,
                () -> {
                    TypedExpression typed = expressions.analyze(value, ExpressionKind.UPDATE);
                    return new Operand(typed, SourcePositions.start(value));
                });
    }

    private void set(ColumnTarget name, TargetItem value) {
        put(column(name), value::operand);
    }

    private void put(Column column, Supplier<Operand> value) {
        if (GeneratedColumns.isDefaultOnly(column)) {
            throw GeneratedColumns.cannotUpdate(column);
        }
        put(column, expressions.coercion.assignment(value.get(), column.type(), column.name()));
    }

    private Column column(ColumnTarget name) {
        if (Column.SYSTEM_NAMES.contains(name.name())) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot assign to system column \"" + name.name() + "\"")
                    .at(name.position());
        }
        Column column = target.column(name);
        if (!written.add(column.number())) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "multiple assignments to same column \"" + column.name() + "\"");
        }
        return column;
    }

    private void put(Column column, TypedExpression value) {
        sets.add(new Modification.SetSlot(column.number(), value));
    }

    /// `(a, b) = (SELECT …)`: a scalar subquery for each column, all over the same query.
    private void setFrom(Assignment assignment, Expression.Subquery subquery) {
        for (int i = 0; i < assignment.targets().size(); i++) {
            Column column = column(assignment.targets().get(i));
            if (GeneratedColumns.isDefaultOnly(column)) {
                throw GeneratedColumns.cannotUpdate(column);
            }
            LogicalNode plan =
                    new SelectAnalyzer(expressions.scope.child())
                            .analyze(subquery.query())
                            .buildSettled();
            checkCount(assignment, plan.columns().size(), subquery.position());
            OutputColumn source = plan.columns().get(i);
            OutputColumn single = expressions.state.column(source.name(), source.type());
            LogicalNode projected =
                    new LogicalNode.Project(
                            plan,
                            List.of(
                                    new org.cladedb.plan.ir.Assignment(
                                            single, source.reference())));
            TypedExpression value = new TypedExpression.ScalarSubquery(projected, single.type());
            put(
                    column,
                    expressions.coercion.assignment(
                            new Operand(value, subquery.position()), column.type(), column.name()));
        }
    }
}
