package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.ScalarFunction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// IN lists and `operator ANY (array)`.
final class MembershipEvaluators {
    private MembershipEvaluators() {}

    /// `operand IN (…)`, item by item: the comparison reads the two cells given to it.
    record InList(
            CellEvaluator operand, Evaluator[] items, Datum item, Evaluator comparison, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            operand.evaluate(context);
            boolean anyNull = false;
            for (Evaluator candidate : items) {
                item.copyFrom(candidate.evaluate(context));
                Datum equal = comparison.evaluate(context);
                if (equal.isNull()) {
                    anyNull = true;
                } else if (equal.booleanValue()) {
                    cell.setBoolean(true);
                    return cell;
                }
            }
            return missing(cell, anyNull);
        }
    }

    /// `operand IN (…)` of many items that do not change during an execution: they are hashed once.
    static final class HashedInList implements CellEvaluator {
        private final Evaluator operand;
        private final Evaluator[] items;
        private final PlanState state;
        private final RowSet set;
        private final Datum[] probe = new Datum[1];
        private final Datum cell = new Datum();
        private boolean anyNull;
        private long filledFor;

        HashedInList(Evaluator operand, Evaluator[] items, SqlType type, PlanState state) {
            this.operand = operand;
            this.items = items;
            this.state = state;
            set = RowSet.spilling(List.of(type), state);
            state.whenClosed(set::clear);
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            if (filledFor != state.execution()) {
                fill(context);
            }
            Datum value = operand.evaluate(context);
            if (value.isNull()) {
                cell.setNull();
                return cell;
            }
            probe[0] = value;
            if (set.find(probe) >= 0) {
                cell.setBoolean(true);
                return cell;
            }
            return missing(cell, anyNull);
        }

        private void fill(ExecutionContext context) {
            set.clear();
            anyNull = false;
            for (Evaluator item : items) {
                probe[0] = item.evaluate(context);
                if (probe[0].isNull()) {
                    anyNull = true;
                } else {
                    set.add(probe);
                }
            }
            filledFor = state.execution();
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }

    /// `left operator ANY (array)`, or ALL.
    static final class ArrayComparison implements CellEvaluator {
        private final Evaluator left;
        private final Evaluator array;
        private final ScalarFunction operator;
        private final boolean strict;
        private final boolean all;
        private final Datum[] arguments = new Datum[2];
        private final Datum outcome = new Datum();
        private final Datum cell = new Datum();

        ArrayComparison(
                Evaluator left,
                Evaluator array,
                ScalarFunction operator,
                boolean strict,
                boolean all) {
            this.left = left;
            this.array = array;
            this.operator = operator;
            this.strict = strict;
            this.all = all;
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            arguments[0] = left.evaluate(context);
            Datum elements = array.evaluate(context);
            if (elements.isNull()) {
                cell.setNull();
                return cell;
            }
            boolean anyNull = false;
            for (Datum element : elements.arrayValue().elements()) {
                arguments[1] = element;
                if (strict && (arguments[0].isNull() || element.isNull())) {
                    anyNull = true;
                    continue;
                }
                operator.apply(arguments, outcome, context);
                if (outcome.isNull()) {
                    anyNull = true;
                } else if (outcome.booleanValue() != all) {
                    cell.setBoolean(!all);
                    return cell;
                }
            }
            if (anyNull) {
                cell.setNull();
            } else {
                cell.setBoolean(all);
            }
            return cell;
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }

    /// `left = ANY (array)`, or with `negated` `left <> ALL (array)`, of an array that does not
    /// change during an execution: its elements are hashed once.
    static final class HashedArray implements CellEvaluator {
        private final Evaluator left;
        private final Evaluator array;
        private final PlanState state;
        private final boolean negated;
        private final RowSet set;
        private final Datum[] probe = new Datum[1];
        private final Datum cell = new Datum();
        private boolean arrayIsNull;
        private boolean arrayIsEmpty;
        private boolean anyNull;
        private long filledFor;

        HashedArray(
                Evaluator left, Evaluator array, SqlType type, boolean negated, PlanState state) {
            this.left = left;
            this.array = array;
            this.state = state;
            this.negated = negated;
            set = RowSet.spilling(List.of(type), state);
            state.whenClosed(set::clear);
        }

        @Override
        public Datum evaluate(ExecutionContext context) {
            if (filledFor != state.execution()) {
                fill(context);
            }
            probe[0] = left.evaluate(context);
            if (arrayIsNull || (probe[0].isNull() && !arrayIsEmpty)) {
                cell.setNull();
            } else if (!arrayIsEmpty && set.find(probe) >= 0) {
                cell.setBoolean(!negated);
            } else if (anyNull) {
                cell.setNull();
            } else {
                cell.setBoolean(negated);
            }
            return cell;
        }

        private void fill(ExecutionContext context) {
            set.clear();
            anyNull = false;
            Datum value = array.evaluate(context);
            arrayIsNull = value.isNull();
            if (!arrayIsNull) {
                List<Datum> elements = value.arrayValue().elements();
                arrayIsEmpty = elements.isEmpty();
                for (Datum element : elements) {
                    probe[0] = element;
                    if (element.isNull()) {
                        anyNull = true;
                    } else {
                        set.add(probe);
                    }
                }
            }
            filledFor = state.execution();
        }

        @Override
        public Datum cell() {
            return cell;
        }
    }

    private static Datum missing(Datum cell, boolean anyNull) {
        if (anyNull) {
            cell.setNull();
        } else {
            cell.setBoolean(false);
        }
        return cell;
    }
}
