package org.cladedb.exec;

import java.util.BitSet;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Keeps the right side in a hash table and looks up each row of the left side in it; when it does
/// not fit in memory, in as many passes as [SpilledJoin] makes.
final class HashJoinOperator implements SpillingOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final JoinKind kind;
    private final JoinProbe left;
    private final JoinBuild build;
    private final @Nullable Evaluator residual;
    private final PlanState state;
    private final JoinRow output;
    private final BitSet matched = new BitSet();

    private Phase phase = Phase.DONE;
    private int candidate = JoinHashTable.NONE;
    private boolean leftMatched;
    private int unmatched;
    private int work;

    private enum Phase {
        NEXT_LEFT,
        CANDIDATES,
        UNMATCHED_RIGHT,
        DONE
    }

    HashJoinOperator(
            JoinKind kind,
            JoinProbe left,
            JoinBuild build,
            @Nullable Evaluator residual,
            PlanState state) {
        this.kind = kind;
        this.left = left;
        this.build = build;
        this.residual = residual;
        this.state = state;
        output = new JoinRow(kind, left.row(), build.row());
    }

    @Override
    public Datum[] row() {
        return output.cells();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        build.space().counters().clear();
        boolean fits = build.fill(context);
        matched.clear();
        unmatched = 0;
        if (!fits) {
            left.divide(kind, build, context);
            nextPass();
            return;
        }
        boolean hopeless =
                build.size() == 0
                        && switch (kind) {
                            case INNER, RIGHT, SEMI -> true;
                            case LEFT, FULL, ANTI -> false;
                        };
        if (hopeless) {
            phase = Phase.DONE;
        } else {
            left.open(context);
            phase = Phase.NEXT_LEFT;
        }
    }

    /// Goes on to the next pass, if the join has several and there is one.
    private void nextPass() {
        if (left.nextPass()) {
            matched.clear();
            unmatched = 0;
            phase = Phase.NEXT_LEFT;
        } else {
            phase = Phase.DONE;
        }
    }

    @Override
    public SpillCounters spilled() {
        return build.space().counters();
    }

    @Override
    public boolean next() {
        while (true) {
            switch (phase) {
                case NEXT_LEFT -> {
                    if (nextLeft()) {
                        phase = Phase.CANDIDATES;
                    } else {
                        endLeft();
                    }
                }
                case CANDIDATES -> {
                    if (tryCandidates()) {
                        return true;
                    }
                }
                case UNMATCHED_RIGHT -> {
                    if (nextUnmatched()) {
                        return true;
                    }
                }
                case DONE -> {
                    return false;
                }
            }
        }
    }

    private void endLeft() {
        if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            phase = Phase.UNMATCHED_RIGHT;
        } else {
            nextPass();
        }
    }

    private boolean nextLeft() {
        if ((++work & CANCEL_CHECK_MASK) == 0) {
            state.context().checkCancelled();
        }
        if (!left.next()) {
            return false;
        }
        output.takeLeft();
        leftMatched = left.wasMatched();
        candidate = left.firstCandidate(build, state.context());
        return true;
    }

    /// Goes on with the matches of the current left row; true when there is a row to give out.
    private boolean tryCandidates() {
        if (nextMatch()) {
            leftMatched = true;
            left.setMatched();
            if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
                phase = Phase.NEXT_LEFT;
                return kind == JoinKind.SEMI;
            }
            return true;
        }
        phase = Phase.NEXT_LEFT;
        if (leftMatched || !left.isLastPiece()) {
            return false;
        }
        return switch (kind) {
            case LEFT, FULL -> {
                build.setRowNull();
                yield true;
            }
            case ANTI -> true;
            case INNER, RIGHT, SEMI -> false;
        };
    }

    private boolean nextMatch() {
        while (candidate != JoinHashTable.NONE) {
            int number = candidate;
            candidate = build.next(number);
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                state.context().checkCancelled();
            }
            build.read(number);
            if (left.matches(build)
                    && (residual == null || Evaluators.isTrue(residual, state.context()))) {
                if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
                    matched.set(number);
                }
                return true;
            }
        }
        return false;
    }

    private boolean nextUnmatched() {
        unmatched = matched.nextClearBit(unmatched);
        if (unmatched >= build.size()) {
            nextPass();
            return false;
        }
        build.read(unmatched++);
        output.setLeftNull();
        return true;
    }

    @Override
    public void close() {
        phase = Phase.DONE;
        left.close();
        build.clear();
    }
}
