package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;

/// Three-valued logic and the tests that never give NULL.
final class LogicEvaluators {
    private LogicEvaluators() {}

    /// AND: false as soon as one operand is, else NULL when any is.
    record And(Evaluator[] operands, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            boolean anyNull = false;
            for (Evaluator operand : operands) {
                Datum value = operand.evaluate(context);
                if (value.isNull()) {
                    anyNull = true;
                } else if (!value.booleanValue()) {
                    cell.setBoolean(false);
                    return cell;
                }
            }
            if (anyNull) {
                cell.setNull();
            } else {
                cell.setBoolean(true);
            }
            return cell;
        }
    }

    /// Conditions of which none matters after the first that is not true: then false.
    record All(Evaluator[] conditions, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            boolean met = true;
            for (int i = 0; met && i < conditions.length; i++) {
                met = Evaluators.isTrue(conditions[i], context);
            }
            cell.setBoolean(met);
            return cell;
        }
    }

    /// OR: true as soon as one operand is, else NULL when any is.
    record Or(Evaluator[] operands, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            boolean anyNull = false;
            for (Evaluator operand : operands) {
                Datum value = operand.evaluate(context);
                if (value.isNull()) {
                    anyNull = true;
                } else if (value.booleanValue()) {
                    cell.setBoolean(true);
                    return cell;
                }
            }
            if (anyNull) {
                cell.setNull();
            } else {
                cell.setBoolean(false);
            }
            return cell;
        }
    }

    /// NOT.
    record Not(Evaluator operand, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = operand.evaluate(context);
            if (value.isNull()) {
                cell.setNull();
            } else {
                cell.setBoolean(!value.booleanValue());
            }
            return cell;
        }
    }

    /// IS NULL and IS NOT NULL of values that are no rows.
    record IsNull(Evaluator operand, boolean negated, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            cell.setBoolean(operand.evaluate(context).isNull() != negated);
            return cell;
        }
    }

    /// IS NULL and IS NOT NULL of rows: whether all fields are NULL, or none.
    record IsNullRow(Evaluator operand, boolean negated, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum row = operand.evaluate(context);
            cell.setBoolean(row.isNull() ? !negated : allFields(row));
            return cell;
        }

        private boolean allFields(Datum row) {
            for (Datum field : row.rowValue().values()) {
                if (field.isNull() == negated) {
                    return false;
                }
            }
            return true;
        }
    }

    /// IS [NOT] TRUE and IS [NOT] FALSE.
    record BooleanTest(Evaluator operand, boolean expected, boolean negated, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = operand.evaluate(context);
            boolean holds = !value.isNull() && value.booleanValue() == expected;
            cell.setBoolean(holds != negated);
            return cell;
        }
    }

    /// IS [NOT] DISTINCT FROM.
    record IsDistinct(
            Evaluator left,
            Evaluator right,
            DatumComparator comparator,
            boolean negated,
            Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum first = left.evaluate(context);
            Datum second = right.evaluate(context);
            cell.setBoolean(isDistinct(first, second) != negated);
            return cell;
        }

        private boolean isDistinct(Datum first, Datum second) {
            if (first.isNull() || second.isNull()) {
                return first.isNull() != second.isNull();
            }
            return comparator.compare(first, second) != 0;
        }
    }
}
