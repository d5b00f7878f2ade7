package org.cladedb.exec;

import org.cladedb.plan.ir.JoinKind;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The left side of a hash join: its rows as they come or, once it was divided, those written to
/// disk, pass by pass.
///
/// Calls: `open` or `divide`; then, for a divided side, `nextPass` before the rows of each pass;
/// `next` until false; `close`.
final class JoinProbe implements AutoCloseable {
    private final Operator input;
    private final JoinKeys keys;
    private final RowBytes rowBytes;
    private @Nullable SpilledJoin divided;

    /// @param rowBytes how its rows are written to disk
    JoinProbe(Operator input, JoinKeys keys, RowBytes rowBytes) {
        this.input = input;
        this.keys = keys;
        this.rowBytes = rowBytes;
    }

    Datum[] row() {
        return input.row();
    }

    void open(ExecutionContext context) {
        input.open(context);
    }

    /// Writes both sides to disk.
    void divide(JoinKind kind, JoinBuild build, ExecutionContext context) {
        TapePairs pairs = new TapePairs(rowBytes, build.rowBytes(), build.space());
        SpilledJoin join = new SpilledJoin(kind, build, input.row(), pairs);
        divided = join;
        build.divide(pairs, context);
        input.open(context);
        join.divide(input, keys, context);
        input.close();
    }

    /// Goes on to the next pass, for which the right side is filled anew; false when there is none.
    boolean nextPass() {
        return divided != null && divided.nextPass();
    }

    /// Goes on to the next row (of the pass); false at the end.
    boolean next() {
        if (divided != null) {
            return divided.nextLeft();
        }
        if (input.next()) {
            return true;
        }
        input.close();
        return false;
    }

    /// The first row of the right side that may match.
    int firstCandidate(JoinBuild build, ExecutionContext context) {
        SpilledJoin join = divided;
        if (join == null) {
            return keys.evaluate(context) ? build.first(keys.hash()) : JoinHashTable.NONE;
        }
        return join.hasKey() && keys.evaluate(context)
                ? build.first(join.hash())
                : JoinHashTable.NONE;
    }

    /// Whether the keys are those of the right row that was read last.
    boolean matches(JoinBuild build) {
        return keys.isEqual(build.keys());
    }

    /// Whether the row had a match in an earlier pass.
    boolean wasMatched() {
        return divided != null && divided.wasMatched();
    }

    /// Notes for later passes that the row has a match.
    void setMatched() {
        if (divided != null) {
            divided.setMatched();
        }
    }

    /// Whether no later pass looks for matches of the same row.
    boolean isLastPiece() {
        return divided == null || divided.isLastPiece();
    }

    @Override
    public void close() {
        input.close();
        if (divided != null) {
            divided.close();
            divided = null;
        }
    }
}
