package org.cladedb.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import org.cladedb.spill.SpillFile;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The rows of two inputs on disk, divided by the same hashes: what one side of a pair matches is
/// in the other side. Pairs whose right side does not fit in memory are divided again.
///
/// Calls: `addRight` and `addLeft` in any order, then `next` until null, `close`.
final class TapePairs implements AutoCloseable {
    private static final int LEVELS_MAX = 5;

    /// What a row of the right side takes in memory besides its bytes.
    private static final int ROW_BYTES = 28;

    private final SpillFile file;
    private final RowBytes leftBytes;
    private final RowBytes rightBytes;
    private final WorkSpace space;
    private final Deque<Pair> pending = new ArrayDeque<>();
    private @Nullable RowTapes left;
    private @Nullable RowTapes right;

    /// @param divisible whether it is worth while to divide it again
    private record Pair(Tape left, Tape right, int level, boolean divisible) {}

    /// What can be read of a pair.
    ///
    /// @param right nobody reads it a second time
    record Sides(Tape left, RowTapeReader right) {}

    TapePairs(RowBytes leftBytes, RowBytes rightBytes, WorkSpace space) {
        this.leftBytes = leftBytes;
        this.rightBytes = rightBytes;
        this.space = space;
        file = space.open();
        left = new RowTapes(file, leftBytes, 0, space.memory());
        right = new RowTapes(file, rightBytes, 0, space.memory());
    }

    void addLeft(int hash, boolean hasKey, Datum[] row) {
        tapes(left).add(hash, hasKey, row);
    }

    void addRight(int hash, boolean hasKey, Datum[] row) {
        tapes(right).add(hash, hasKey, row);
    }

    /// Whether a row of the left side can have partners; asked when the right side is complete.
    boolean hasRight(int hash) {
        return tapes(right).tapeOf(hash, true).records() > 0;
    }

    private static RowTapes tapes(@Nullable RowTapes tapes) {
        if (tapes == null) {
            throw new IllegalStateException("both sides are complete");
        }
        return tapes;
    }

    /// Ends the right side, whose buffers are given back before the left side needs its own.
    void finishRight() {
        tapes(right).finish();
    }

    /// The next pair; null at the end.
    ///
    /// @param leftCells where rows of the left side are read to when they are divided again
    /// @param rightCells as `leftCells`
    @Nullable Sides next(Datum[] leftCells, Datum[] rightCells) {
        if (left != null && right != null) {
            left.finish();
            push(left, right, 1, Long.MAX_VALUE);
            left = null;
            right = null;
        }
        Pair pair = pending.poll();
        while (pair != null && isLarge(pair.right()) && pair.divisible()) {
            divide(pair, leftCells, rightCells);
            pair = pending.poll();
        }
        space.counters().wrote(file.sizeBytes());
        if (pair == null) {
            return null;
        }
        RowTapeReader reader = new RowTapeReader(pair.right().lastReader(), rightBytes);
        return new Sides(pair.left(), reader);
    }

    private boolean isLarge(Tape tape) {
        return tape.bytes() + ROW_BYTES * tape.records() > space.memory().workBytes();
    }

    private void divide(Pair pair, Datum[] leftCells, Datum[] rightCells) {
        RowTapes rightParts = new RowTapes(file, rightBytes, pair.level(), space.memory());
        copy(pair.right(), rightBytes, rightCells, rightParts);
        RowTapes leftParts = new RowTapes(file, leftBytes, pair.level(), space.memory());
        copy(pair.left(), leftBytes, leftCells, leftParts);
        push(leftParts, rightParts, pair.level() + 1, pair.right().records());
    }

    private void copy(Tape tape, RowBytes bytes, Datum[] cells, RowTapes target) {
        try (RowTapeReader reader = new RowTapeReader(tape.lastReader(), bytes)) {
            while (reader.next(cells)) {
                target.add(reader.hash(), reader.hasKey(), cells);
            }
        }
        target.finish();
    }

    private void push(RowTapes lefts, RowTapes rights, int level, long before) {
        for (int i = 0; i < lefts.count(); i++) {
            Tape leftTape = lefts.tape(i);
            Tape rightTape = rights.tape(i);
            if (leftTape.records() > 0 || rightTape.records() > 0) {
                // Rows of one key stay together however often they are divided.
                boolean divisible = level < LEVELS_MAX && rightTape.records() < before / 4 * 3;
                pending.push(new Pair(leftTape, rightTape, level, divisible));
                space.counters().split(1);
            }
        }
    }

    /// A reader of a pair's left side.
    ///
    /// @param last whether nobody reads it again
    RowTapeReader leftReader(Tape tape, boolean last) {
        return new RowTapeReader(last ? tape.lastReader() : tape.reader(), leftBytes);
    }

    @Override
    public void close() {
        if (left != null) {
            left.discard();
            left = null;
        }
        if (right != null) {
            right.discard();
            right = null;
        }
        pending.clear();
        file.close();
    }
}
