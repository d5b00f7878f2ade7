package org.cladedb.exec;

import java.util.BitSet;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// A hash join whose right side does not fit in memory: both sides are divided by hash, and joined
/// pair by pair. Where many rows have one key, so that even a pair does not fit, its right side is
/// gone through in pieces, and the left side read again for each.
///
/// Left rows are read into the cells of the left input, which has ended and been closed: to what
/// these cells are, every row that they are filled with has been there before.
final class SpilledJoin implements AutoCloseable {
    private final JoinKind kind;
    private final JoinBuild build;
    private final Datum[] leftCells;
    private final TapePairs pairs;

    private @Nullable Tape leftTape;
    private @Nullable RowTapeReader left;
    private @Nullable RowTapeReader right;
    // Which left rows of a pair had a match in an earlier piece; empty unless there are pieces.
    private final BitSet matched = new BitSet();
    private int leftNumber;
    private boolean lastPiece = true;

    /// @param pairs with the rows of the right side
    SpilledJoin(JoinKind kind, JoinBuild build, Datum[] leftCells, TapePairs pairs) {
        this.kind = kind;
        this.build = build;
        this.leftCells = leftCells;
        this.pairs = pairs;
    }

    /// Writes the left side, which is open.
    void divide(Operator input, JoinKeys keys, ExecutionContext context) {
        pairs.finishRight();
        boolean keepsAll = keepsLeft();
        while (input.next()) {
            boolean hasKey = keys.evaluate(context);
            if (keepsAll || (hasKey && pairs.hasRight(keys.hash()))) {
                pairs.addLeft(keys.hash(), hasKey, input.row());
            }
        }
    }

    private boolean keepsLeft() {
        return switch (kind) {
            case LEFT, FULL, ANTI -> true;
            case INNER, RIGHT, SEMI -> false;
        };
    }

    private boolean keepsRight() {
        return switch (kind) {
            case RIGHT, FULL -> true;
            case INNER, LEFT, SEMI, ANTI -> false;
        };
    }

    /// Loads the next rows of the right side that fit, for the left rows of their pair to be looked
    /// up in; false when all is done.
    boolean nextPass() {
        closeLeft();
        while (lastPiece) {
            TapePairs.Sides sides = pairs.next(leftCells, build.storedCells());
            if (sides == null) {
                build.clearRows();
                return false;
            }
            closeRight();
            right = sides.right();
            leftTape = sides.left();
            matched.clear();
            if (sides.left().records() > 0 || keepsRight()) {
                break;
            }
        }
        RowTapeReader rows = right;
        Tape tape = leftTape;
        if (rows == null || tape == null) {
            throw new IllegalStateException("no pair was begun");
        }
        lastPiece = build.load(rows);
        left = pairs.leftReader(tape, lastPiece);
        leftNumber = -1;
        return true;
    }

    /// Goes on to the next left row of the pass; false at its end.
    boolean nextLeft() {
        RowTapeReader rows = left;
        if (rows == null) {
            return false;
        }
        while (rows.next(leftCells)) {
            leftNumber++;
            boolean isDone = (kind == JoinKind.SEMI || kind == JoinKind.ANTI) && wasMatched();
            if (!isDone) {
                return true;
            }
        }
        return false;
    }

    /// Whether the left row has a key that can match.
    boolean hasKey() {
        RowTapeReader rows = left;
        return rows != null && rows.hasKey();
    }

    /// The hash of the left row's key, as it was when the row was written.
    int hash() {
        RowTapeReader rows = left;
        return rows == null ? 0 : rows.hash();
    }

    /// Whether the left row had a match in an earlier piece.
    boolean wasMatched() {
        return matched.get(leftNumber);
    }

    void setMatched() {
        if (!lastPiece) {
            matched.set(leftNumber);
        }
    }

    /// Whether a left row without a match up to now has none.
    boolean isLastPiece() {
        return lastPiece;
    }

    private void closeLeft() {
        if (left != null) {
            left.close();
            left = null;
        }
    }

    private void closeRight() {
        if (right != null) {
            right.close();
            right = null;
        }
    }

    @Override
    public void close() {
        closeLeft();
        closeRight();
        pairs.close();
    }
}
