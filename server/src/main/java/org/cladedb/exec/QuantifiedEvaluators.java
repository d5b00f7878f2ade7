package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// `left operator ANY (SELECT …)` and ALL.
///
/// Each comparison reads the cell of its left operand and a cell of the subquery's row.
final class QuantifiedEvaluators {
    private QuantifiedEvaluators() {}

    /// Compares with row after row. Rows of an uncorrelated subquery are kept.
    static final class OneByOne implements CellEvaluator {
        private final CellEvaluator[] left;
        private final Evaluator[] comparisons;
        private final Operator rows;
        private final boolean all;
        private final Datum cell = new Datum();

        /// @param rows a [MaterializeOperator] where the subquery is not correlated
        OneByOne(CellEvaluator[] left, Evaluator[] comparisons, Operator rows, boolean all) {
            this.left = left;
            this.comparisons = comparisons;
            this.rows = rows;
            this.all = all;
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            for (CellEvaluator operand : left) {
                operand.evaluate(context);
            }
            boolean anyNull = false;
            try {
                rows.open(context);
                while (rows.next()) {
                    Boolean3 outcome = compare(context);
                    if (outcome == Boolean3.UNKNOWN) {
                        anyNull = true;
                    } else if (outcome == (all ? Boolean3.FALSE : Boolean3.TRUE)) {
                        cell.setBoolean(!all);
                        return cell;
                    }
                }
            } finally {
                rows.close();
            }
            if (anyNull) {
                cell.setNull();
            } else {
                cell.setBoolean(all);
            }
            return cell;
        }

        private Boolean3 compare(ExecutionContext context) {
            Boolean3 outcome = Boolean3.TRUE;
            for (Evaluator comparison : comparisons) {
                Datum value = comparison.evaluate(context);
                if (value.isNull()) {
                    outcome = Boolean3.UNKNOWN;
                } else if (!value.booleanValue()) {
                    return Boolean3.FALSE;
                }
            }
            return outcome;
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }

    private enum Boolean3 {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /// `(left, …) IN (SELECT …)`, or with `negated` `<> ALL`, of an uncorrelated subquery: its rows
    /// are hashed once per execution, those with a NULL kept apart.
    static final class Hashed implements CellEvaluator {
        private final CellEvaluator[] left;
        private final Subplan plan;
        private final boolean negated;
        private final PlanState state;
        private final RowSet complete;
        private final RowSet partial;
        private final RowEquality[] fields;
        private final Datum[] probe;
        private final Datum[] candidate;
        private final Datum cell = new Datum();
        private long filledFor;

        Hashed(
                CellEvaluator[] left,
                Subplan plan,
                List<SqlType> types,
                boolean negated,
                PlanState state) {
            this.left = left;
            this.plan = plan;
            this.negated = negated;
            this.state = state;
            complete = RowSet.spilling(types, state);
            partial = RowSet.spilling(types, state);
            state.whenClosed(complete::clear);
            state.whenClosed(partial::clear);
            fields =
                    types.stream()
                            .map(type -> new RowEquality(List.of(type)))
                            .toArray(RowEquality[]::new);
            probe = new Datum[left.length];
            candidate = Datum.row(left.length);
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            if (filledFor != state.execution()) {
                fill(context);
            }
            boolean anyNull = false;
            for (int i = 0; i < left.length; i++) {
                probe[i] = left[i].evaluate(context);
                anyNull |= probe[i].isNull();
            }
            if (!anyNull && complete.find(probe) >= 0) {
                cell.setBoolean(!negated);
            } else if (mayMatch(partial) || (anyNull && mayMatch(complete))) {
                cell.setNull();
            } else {
                cell.setBoolean(negated);
            }
            return cell;
        }

        /// Whether a row is equal to the left side wherever neither of both is NULL.
        private boolean mayMatch(RowSet rows) {
            for (int i = 0; i < rows.size(); i++) {
                rows.read(i, candidate);
                if (mayBeEqual()) {
                    return true;
                }
            }
            return false;
        }

        private boolean mayBeEqual() {
            Datum[] one = new Datum[1];
            Datum[] other = new Datum[1];
            for (int i = 0; i < probe.length; i++) {
                one[0] = probe[i];
                other[0] = candidate[i];
                if (!one[0].isNull() && !other[0].isNull() && !fields[i].isEqual(one, other)) {
                    return false;
                }
            }
            return true;
        }

        private void fill(ExecutionContext context) {
            complete.clear();
            partial.clear();
            try {
                plan.operator().open(context);
                while (plan.operator().next()) {
                    boolean anyNull = false;
                    for (Datum value : plan.row()) {
                        anyNull |= value.isNull();
                    }
                    (anyNull ? partial : complete).add(plan.row());
                }
            } finally {
                plan.operator().close();
            }
            filledFor = state.execution();
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }
}
