package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;

/// A select list with set-returning functions.
///
/// Where each call is a whole item, one ProjectSet computes the list. Otherwise the calls are
/// computed first, innermost first, next to the columns that the rest needs:
///
/// ```
///   input ─ ProjectSet (needed columns, inner calls) ─ ProjectSet (…, outer calls) ─ Project
/// ```
final class SetProjection {
    private final StatementState state;
    private final List<SetCall> calls;

    SetProjection(StatementState state, List<SetCall> calls) {
        this.state = state;
        this.calls = calls;
    }

    LogicalNode project(
            LogicalNode input, List<OutputColumn> columns, List<TypedExpression> values) {
        List<TypedExpression> whole = wholeItems(values);
        if (!whole.isEmpty()) {
            return new LogicalNode.ProjectSet(input, pair(columns, whole));
        }
        LogicalNode plan = input;
        List<TypedExpression> items = values;
        List<SetCall> pending = calls;
        for (int depth = 0; !pending.isEmpty(); depth++) {
            Map<Integer, OutputColumn> renamed = new HashMap<>();
            List<Assignment> assignments = passed(plan, items, pending, renamed);
            List<SetCall> later = new ArrayList<>();
            for (SetCall call : pending) {
                if (call.depth() == depth) {
                    assignments.add(new Assignment(call.column(), call.call()));
                } else {
                    later.add(
                            new SetCall(
                                    call.column(),
                                    rename(call.call(), renamed),
                                    call.position(),
                                    call.depth()));
                }
            }
            plan = new LogicalNode.ProjectSet(plan, assignments);
            items = items.stream().map(item -> rename(item, renamed)).toList();
            pending = later;
        }
        return new LogicalNode.Project(plan, pair(columns, items));
    }

    /// The items with calls in place of the columns that stand for them; empty when some call is
    /// only part of an item.
    private List<TypedExpression> wholeItems(List<TypedExpression> values) {
        List<TypedExpression> result = new ArrayList<>();
        Set<Integer> placed = new HashSet<>();
        for (TypedExpression value : values) {
            SetCall call = callOf(value);
            if (call != null && call.depth() == 0 && placed.add(call.column().id())) {
                result.add(call.call());
            } else if (mentionsCall(value)) {
                return List.of();
            } else {
                result.add(value);
            }
        }
        return placed.size() == calls.size() ? result : List.of();
    }

    private @org.jspecify.annotations.Nullable SetCall callOf(TypedExpression value) {
        if (value instanceof ColumnReference reference) {
            for (SetCall call : calls) {
                if (call.column().id() == reference.columnId()) {
                    return call;
                }
            }
        }
        return null;
    }

    private boolean mentionsCall(TypedExpression value) {
        return Expressions.refersTo(value, calls.stream().map(SetCall::column).toList());
    }

    private static List<Assignment> pair(List<OutputColumn> columns, List<TypedExpression> values) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            assignments.add(new Assignment(columns.get(i), values.get(i)));
        }
        return assignments;
    }

    /// Assignments that hand on what is still needed of the input's columns.
    private List<Assignment> passed(
            LogicalNode input,
            List<TypedExpression> items,
            List<SetCall> pending,
            Map<Integer, OutputColumn> renamed) {
        Set<Integer> needed = new HashSet<>();
        items.forEach(item -> needed.addAll(Expressions.references(item)));
        pending.forEach(call -> needed.addAll(Expressions.references(call.call())));
        List<Assignment> assignments = new ArrayList<>();
        for (OutputColumn column : input.columns()) {
            if (needed.contains(column.id())) {
                OutputColumn copy =
                        state.column(
                                column.name(),
                                column.type(),
                                column.tableOid(),
                                column.columnNumber());
                renamed.put(column.id(), copy);
                assignments.add(new Assignment(copy, column.reference()));
            }
        }
        return assignments;
    }

    private static TypedExpression rename(
            TypedExpression expression, Map<Integer, OutputColumn> renamed) {
        return Expressions.replaceColumns(
                expression,
                id -> {
                    OutputColumn copy = renamed.get(id);
                    return copy == null ? null : copy.reference();
                });
    }
}
