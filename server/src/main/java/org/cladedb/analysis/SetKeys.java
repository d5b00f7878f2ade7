package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;

/// Keys of GROUP BY and of windows that contain set-returning calls. They are computed below the
/// grouping or the window, by calls of their own; the select list reads those that it repeats
/// whole.
final class SetKeys {
    private final StatementState state;
    private final List<SetCall> calls;
    private final Map<String, OutputColumn> columns = new HashMap<>();

    /// @param calls those of the query level, inner ones before outer ones
    SetKeys(StatementState state, List<SetCall> calls) {
        this.state = state;
        this.calls = List.copyOf(calls);
    }

    /// The plan with those of `keys` that contain calls as columns more.
    LogicalNode compute(LogicalNode input, List<TypedExpression> keys) {
        if (calls.isEmpty()) {
            return input;
        }
        Map<String, TypedExpression> sets = new LinkedHashMap<>();
        for (TypedExpression key : keys) {
            if (Expressions.refersTo(key, calls.stream().map(SetCall::column).toList())) {
                sets.put(Fingerprint.of(key), key);
            }
        }
        if (sets.isEmpty()) {
            return input;
        }
        Map<Integer, TypedExpression> copies = new HashMap<>();
        LogicalNode plan = computed(input, used(calls, List.copyOf(sets.values())), copies);
        List<Assignment> assignments = passed(input);
        sets.forEach((fingerprint, key) -> {
            OutputColumn column = state.column("set", key.type());
            columns.put(fingerprint, column);
            assignments.add(new Assignment(column, Expressions.replaceColumns(key, copies::get)));
        });
        return new LogicalNode.Project(plan, assignments);
    }

    /// The plan with copies of the calls as columns more.
    private LogicalNode computed(
            LogicalNode input, List<SetCall> used, Map<Integer, TypedExpression> copies) {
        LogicalNode plan = input;
        int done = 0;
        for (int depth = 0; done < used.size(); depth++) {
            List<Assignment> assignments = passed(plan);
            for (SetCall call : used) {
                if (call.depth() == depth) {
                    OutputColumn copy = state.column("set", call.column().type());
                    assignments.add(
                            new Assignment(
                                    copy, Expressions.replaceColumns(call.call(), copies::get)));
                    copies.put(call.column().id(), copy.reference());
                    done++;
                }
            }
            plan = new LogicalNode.ProjectSet(plan, assignments);
        }
        return plan;
    }

    /// Assignments that hand on the columns of a plan; more can be added.
    static List<Assignment> passed(LogicalNode input) {
        List<Assignment> assignments = new ArrayList<>();
        for (OutputColumn column : input.columns()) {
            assignments.add(new Assignment(column, column.reference()));
        }
        return assignments;
    }

    /// The expression with columns in place of the keys that have been computed.
    TypedExpression rewrite(TypedExpression expression) {
        if (columns.isEmpty()) {
            return expression;
        }
        OutputColumn column = columns.get(Fingerprint.of(expression));
        return column != null
                ? column.reference()
                : Expressions.mapChildren(expression, this::rewrite, plan -> plan);
    }

    /// Those of `calls` that the values read, directly or as an argument of another call.
    static List<SetCall> used(List<SetCall> calls, List<TypedExpression> values) {
        Set<Integer> needed = new HashSet<>();
        values.forEach(value -> needed.addAll(Expressions.references(value)));
        List<SetCall> used = new ArrayList<>();
        for (SetCall call : calls.reversed()) {
            if (needed.contains(call.column().id())) {
                needed.addAll(Expressions.references(call.call()));
                used.addFirst(call);
            }
        }
        return used;
    }
}
