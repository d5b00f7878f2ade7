package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.ArraySlices;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.cladedb.types.ValueSize;

/// Subqueries that give one value. What an uncorrelated one gives is kept for the execution.
final class SubqueryEvaluators {
    private SubqueryEvaluators() {}

    /// Computes the value of a subquery into a cell, which then shares no bytes with the plan.
    @FunctionalInterface
    interface Computation {
        void compute(Subplan plan, ExecutionContext context, Datum out);
    }

    /// A subquery with its way to make one value of its rows.
    static final class Single implements CellEvaluator {
        private final Subplan plan;
        private final Computation computation;
        private final PlanState state;
        private final Datum cell = new Datum();
        private long computedFor;

        Single(Subplan plan, Computation computation, PlanState state) {
            this.plan = plan;
            this.computation = computation;
            this.state = state;
        }

        boolean isCorrelated() {
            return plan.correlated();
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            if (plan.correlated() || computedFor != state.execution()) {
                try {
                    plan.operator().open(context);
                    computation.compute(plan, context, cell);
                } finally {
                    plan.operator().close();
                }
                computedFor = state.execution();
            }
            return cell;
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }

    /// The one row's one column; NULL for no row.
    static Computation scalar(SqlType type) {
        return (plan, context, out) -> {
            out.setNull();
            if (!plan.operator().next()) {
                return;
            }
            out.copyFrom(CompositeEvaluators.frozen(plan.row()[0], type.form()));
            if (plan.operator().next()) {
                throw new DatabaseException(
                        SqlState.CARDINALITY_VIOLATION,
                        "more than one row returned by a subquery used as an expression");
            }
        };
    }

    /// Whether there is a row.
    static Computation exists() {
        return (plan, context, out) -> out.setBoolean(plan.operator().next());
    }

    /// All rows' one column, of type `column`, as an array.
    ///
    /// @param memory of the array alone
    static Computation array(SqlType type, SqlType column, MemoryAccount memory) {
        SqlType elementType = type instanceof SqlType.Array array ? array.element() : type;
        if (column.isArray()) {
            return slices(elementType, memory);
        }
        return (plan, context, out) -> {
            memory.releaseAll();
            List<Datum> elements = new ArrayList<>();
            while (plan.operator().next()) {
                Datum element = plan.row()[0];
                memory.reserve(ValueSize.of(element, elementType.form()));
                elements.add(CompositeEvaluators.frozen(element, elementType.form()));
            }
            out.setObject(ArrayValue.of(elementType, elements));
        };
    }

    private static Computation slices(SqlType elementType, MemoryAccount memory) {
        return (plan, context, out) -> {
            memory.releaseAll();
            ArraySlices slices = new ArraySlices(elementType);
            while (plan.operator().next()) {
                memory.reserve(ValueSize.of(plan.row()[0], ValueForm.ARRAY));
                slices.add(plan.row()[0]);
            }
            out.setObject(slices.array());
        };
    }
}
