package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Constraints.KeyConstraint;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.jspecify.annotations.Nullable;

/// Rewrites the expressions above a grouping so that they read groups, and refuses those that read
/// what is not grouped.
final class GroupRewriter {
    private final StatementState state;
    private final QueryScope scope;
    private final List<Assignment> groups = new ArrayList<>();
    private final Map<Integer, OutputColumn> byColumn = new HashMap<>();
    private final Map<String, OutputColumn> byExpression = new HashMap<>();

    GroupRewriter(QueryScope scope, List<TypedExpression> expressions) {
        this.state = scope.state();
        this.scope = scope;
        expressions.forEach(this::add);
    }

    private OutputColumn add(TypedExpression expression) {
        String fingerprint = Fingerprint.of(expression);
        OutputColumn known = byExpression.get(fingerprint);
        if (known != null) {
            return known;
        }
        OutputColumn column;
        if (expression instanceof ColumnReference reference) {
            OutputColumn origin = state.origin(reference.columnId());
            column =
                    origin == null
                            ? state.column(reference.name(), reference.type())
                            : state.column(
                                    reference.name(),
                                    reference.type(),
                                    origin.tableOid(),
                                    origin.columnNumber());
            byColumn.put(reference.columnId(), column);
        } else {
            column = state.column("group", expression.type());
        }
        state.own(
                column.id(),
                new ColumnOwner(scope, ColumnOwner.Kind.AGGREGATE, null, 0, column.name()));
        byExpression.put(fingerprint, column);
        groups.add(new Assignment(column, expression));
        return column;
    }

    /// What to group by, once everything is rewritten.
    List<Assignment> groups() {
        return groups;
    }

    TypedExpression rewrite(TypedExpression expression) {
        return rewrite(expression, false);
    }

    private TypedExpression rewrite(TypedExpression expression, boolean inSubquery) {
        if (expression instanceof ColumnReference reference) {
            return column(reference, inSubquery);
        }
        if (byColumn.size() < byExpression.size()) {
            OutputColumn group = byExpression.get(Fingerprint.of(expression));
            if (group != null) {
                return group.reference();
            }
        }
        return Expressions.mapChildren(
                expression,
                operand -> rewrite(operand, inSubquery),
                plan ->
                        plan instanceof LogicalNode node
                                ? LogicalNodes.mapExpressionsDeep(
                                        node, inner -> rewrite(inner, true))
                                : plan);
    }

    private TypedExpression column(ColumnReference reference, boolean inSubquery) {
        OutputColumn group = byColumn.get(reference.columnId());
        if (group != null) {
            return group.reference();
        }
        ColumnOwner owner = state.owner(reference.columnId());
        if (owner == null || owner.scope() != scope || owner.kind() != ColumnOwner.Kind.SOURCE) {
            return reference;
        }
        if (dependsOnKey(owner)) {
            return Ordering.hasEquality(reference.type())
                    ? add(reference).reference()
                    : anyValue(reference);
        }
        String label = owner.label();
        String message =
                inSubquery
                        ? "subquery uses ungrouped column \"" + label + "\" from outer query"
                        : "column \""
                                + label
                                + "\" must appear in the GROUP BY clause or be used in an"
                                + " aggregate function";
        throw new DatabaseException(SqlState.GROUPING_ERROR, message).at(state.position(reference));
    }

    /// The column's one value in a group, for types that nothing can be grouped by.
    private TypedExpression anyValue(ColumnReference reference) {
        AggregateCall call =
                new AggregateCall(
                        state.column(reference.name(), reference.type()),
                        state.functions().resolveFunction("any_value", List.of(reference.type())),
                        List.of(reference),
                        false,
                        List.of(),
                        null);
        OutputColumn column = scope.aggregate(CallRegistration.fingerprint(call), call).column();
        state.own(
                column.id(),
                new ColumnOwner(scope, ColumnOwner.Kind.AGGREGATE, null, 0, column.name()));
        byColumn.put(reference.columnId(), column);
        return column.reference();
    }

    /// Whether the primary key of the column's table is grouped by, so that the column has one
    /// value in a group.
    private boolean dependsOnKey(ColumnOwner owner) {
        RangeItem item = owner.item();
        if (item == null || !(item.relation() instanceof Table table) || owner.slot() == 0) {
            return false;
        }
        Index key = table.primaryKey().orElse(null);
        boolean depends =
                key != null
                        && key.columns().stream().allMatch(part -> isGrouped(item, part.slot()));
        Resolutions resolutions = state.resolutions();
        if (depends && resolutions != null) {
            for (KeyConstraint constraint : table.constraints().keys()) {
                if (constraint.primary()) {
                    resolutions.needKey(constraint.oid());
                }
            }
        }
        return depends;
    }

    private boolean isGrouped(@Nullable RangeItem item, int slot) {
        for (int id : byColumn.keySet()) {
            ColumnOwner owner = state.owner(id);
            if (owner != null && owner.item() == item && owner.slot() == slot) {
                return true;
            }
        }
        return false;
    }
}
