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
    private final Operator left;
    private final JoinKeys leftKeys;
    private final JoinBuild build;
    private final @Nullable Evaluator residual;
    private final PlanState state;
    private final WorkSpace space;
    private final RowBytes leftBytes;
    private final JoinRow output;
    private final BitSet matched = new BitSet();

    private Phase phase = Phase.DONE;
    private int candidate = JoinHashTable.NONE;
    private boolean leftMatched;
    private int unmatched;
    private int work;
    private @Nullable SpilledJoin spilled;

    private enum Phase {
        NEXT_LEFT,
        CANDIDATES,
        UNMATCHED_RIGHT,
        DONE
    }

    /// The left side.
    ///
    /// @param bytes how its rows are written to disk
    record Probe(Operator input, JoinKeys keys, RowBytes bytes) {}

    HashJoinOperator(
            JoinKind kind,
            Probe probe,
            JoinBuild build,
            @Nullable Evaluator residual,
            PlanState state) {
        left = probe.input();
        leftKeys = probe.keys();
        leftBytes = probe.bytes();
        space = build.space();
        this.kind = kind;
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
        space.counters().clear();
        boolean fits = build.fill(context);
        matched.clear();
        unmatched = 0;
        if (!fits) {
            divide(context);
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

    /// Writes both sides to disk.
    private void divide(ExecutionContext context) {
        TapePairs pairs = new TapePairs(leftBytes, build.rowBytes(), space);
        SpilledJoin join = new SpilledJoin(kind, build, left.row(), pairs);
        spilled = join;
        build.divide(pairs, context);
        left.open(context);
        join.divide(left, leftKeys, context);
        left.close();
    }

    /// Goes on to the next pass, if the join has several and there is one.
    private void nextPass() {
        if (spilled != null && spilled.nextPass()) {
            matched.clear();
            unmatched = 0;
            phase = Phase.NEXT_LEFT;
        } else {
            phase = Phase.DONE;
        }
    }

    @Override
    public SpillCounters spilled() {
        return space.counters();
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
        if (spilled != null) {
            return nextLeft(spilled);
        }
        if (!left.next()) {
            left.close();
            return false;
        }
        output.takeLeft();
        leftMatched = false;
        candidate =
                leftKeys.evaluate(state.context())
                        ? build.first(leftKeys.hash())
                        : JoinHashTable.NONE;
        return true;
    }

    private boolean nextLeft(SpilledJoin join) {
        if (!join.nextLeft()) {
            return false;
        }
        output.takeLeft();
        leftMatched = join.wasMatched();
        candidate =
                join.hasKey() && leftKeys.evaluate(state.context())
                        ? build.first(join.hash())
                        : JoinHashTable.NONE;
        return true;
    }

    /// Goes on with the matches of the current left row; true when there is a row to give out.
    private boolean tryCandidates() {
        if (nextMatch()) {
            leftMatched = true;
            if (spilled != null) {
                spilled.setMatched();
            }
            if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
                phase = Phase.NEXT_LEFT;
                return kind == JoinKind.SEMI;
            }
            return true;
        }
        phase = Phase.NEXT_LEFT;
        if (leftMatched || (spilled != null && !spilled.isLastPiece())) {
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
            if (leftKeys.isEqual(build.keys())
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
        if (spilled != null) {
            spilled.close();
            spilled = null;
        }
    }
}
