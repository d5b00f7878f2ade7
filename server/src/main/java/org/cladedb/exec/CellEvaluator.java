package org.cladedb.exec;

import org.cladedb.types.Datum;

/// An evaluator that gives its results always in the same cell, which others may therefore use as
/// the cell of a column.
interface CellEvaluator extends Evaluator {
    Datum cell();

    /// Whether the cell holds the value without [#evaluate] being called.
    default boolean isPlain() {
        return false;
    }

    /// Reads a cell that somebody else fills: a column or a constant.
    record Plain(Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            return cell;
        }

        @Override
        public boolean isPlain() {
            return true;
        }
    }

    /// Gives the results of any evaluator in one cell, which shares their bytes.
    record Sharing(Evaluator source, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            cell.copyFrom(source.evaluate(context));
            return cell;
        }
    }

    /// This evaluator, or one around it.
    static CellEvaluator of(Evaluator evaluator) {
        return evaluator instanceof CellEvaluator stable
                ? stable
                : new Sharing(evaluator, new Datum());
    }
}
