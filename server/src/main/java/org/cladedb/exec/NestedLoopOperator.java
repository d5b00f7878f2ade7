package org.cladedb.exec;

import java.util.BitSet;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Compares every left row with every right row.
final class NestedLoopOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final JoinKind kind;
    private final Operator left;
    private final LoopRight right;
    private final @Nullable Evaluator condition;
    private final PlanState state;
    private final JoinRow output;
    private final BitSet matched = new BitSet();

    private Phase phase = Phase.DONE;
    private boolean leftMatched;
    private int unmatched;
    private int work;

    private enum Phase {
        NEXT_LEFT,
        RIGHT_ROWS,
        UNMATCHED_RIGHT,
        DONE
    }

    /// @param condition over the cells of `left` and [LoopRight#candidate()]
    NestedLoopOperator(
            JoinKind kind,
            Operator left,
            LoopRight right,
            @Nullable Evaluator condition,
            PlanState state) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.condition = condition;
        this.state = state;
        output = new JoinRow(kind, left.row(), right.row());
    }

    @Override
    public Datum[] row() {
        return output.cells();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        matched.clear();
        unmatched = 0;
        left.open(context);
        phase = Phase.NEXT_LEFT;
    }

    @Override
    public boolean next() {
        while (true) {
            switch (phase) {
                case NEXT_LEFT -> nextLeft();
                case RIGHT_ROWS -> {
                    if (tryRightRows()) {
                        return true;
                    }
                }
                case UNMATCHED_RIGHT -> {
                    return nextUnmatched();
                }
                case DONE -> {
                    return false;
                }
            }
        }
    }

    private void nextLeft() {
        if (left.next()) {
            output.takeLeft();
            leftMatched = false;
            right.start(state.context());
            phase = Phase.RIGHT_ROWS;
            return;
        }
        left.close();
        if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            right.fill(state.context());
            phase = Phase.UNMATCHED_RIGHT;
        } else {
            phase = Phase.DONE;
        }
    }

    /// Goes on with the matches of the current left row; true when there is a row to give out.
    private boolean tryRightRows() {
        if (nextMatch()) {
            leftMatched = true;
            if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
                phase = Phase.NEXT_LEFT;
                return kind == JoinKind.SEMI;
            }
            right.takeCandidate();
            return true;
        }
        phase = Phase.NEXT_LEFT;
        if (leftMatched) {
            return false;
        }
        return switch (kind) {
            case LEFT, FULL -> {
                right.setRowNull();
                yield true;
            }
            case ANTI -> true;
            case INNER, RIGHT, SEMI -> false;
        };
    }

    private boolean nextMatch() {
        ExecutionContext context = state.context();
        while (right.next()) {
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            if (condition == null || Evaluators.isTrue(condition, context)) {
                if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
                    matched.set(right.number());
                }
                return true;
            }
        }
        return false;
    }

    private boolean nextUnmatched() {
        unmatched = matched.nextClearBit(unmatched);
        if (unmatched >= right.size()) {
            phase = Phase.DONE;
            return false;
        }
        right.read(unmatched++);
        output.setLeftNull();
        return true;
    }

    @Override
    public void close() {
        phase = Phase.DONE;
        left.close();
        right.close();
    }
}
