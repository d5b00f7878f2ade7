package org.cladedb.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.cladedb.spill.SpillFile;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Rows of a hashing operator that are put off until there is memory for them, on disk and divided
/// by hash, so that equal rows come in the same round.
///
/// Calls: any number of `defer`; `nextRound`, then `next` until false, while rows can be deferred
/// again; and so on until `nextRound` is false; `clear`.
final class DeferredRows {
    private final RowBytes rowBytes;
    private final WorkSpace space;
    private final Deque<Round> rounds = new ArrayDeque<>();
    private @Nullable SpillFile file;
    private @Nullable RowTapes tapes;
    private @Nullable RowTapeReader reader;
    private int level;

    private record Round(Tape tape, int level) {}

    DeferredRows(List<SqlType> types, WorkSpace space) {
        rowBytes = new RowBytes(types);
        this.space = space;
    }

    void defer(int hash, Datum[] row) {
        RowTapes current = tapes;
        if (current == null) {
            SpillFile target = file;
            if (target == null) {
                target = space.open();
                file = target;
            }
            current = new RowTapes(target, rowBytes, level, space.memory());
            tapes = current;
        }
        current.add(hash, true, row);
    }

    /// Goes on to rows that were deferred in an earlier round; false when there are none left.
    boolean nextRound() {
        RowTapes written = tapes;
        if (written != null) {
            written.finish();
            tapes = null;
            for (int i = 0; i < written.count(); i++) {
                if (written.tape(i).records() > 0) {
                    rounds.push(new Round(written.tape(i), level + 1));
                    space.counters().split(1);
                }
            }
        }
        if (file != null) {
            space.counters().wrote(file.sizeBytes());
        }
        Round next = rounds.poll();
        if (next == null) {
            return false;
        }
        level = next.level();
        reader = new RowTapeReader(next.tape().lastReader(), rowBytes);
        return true;
    }

    /// Reads the next row of the round; false at its end. Values are valid until the next call.
    boolean next(Datum[] out) {
        RowTapeReader current = reader;
        return current != null && current.next(out);
    }

    /// The hash of the row read last.
    int hash() {
        RowTapeReader current = reader;
        return current == null ? 0 : current.hash();
    }

    void clear() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        if (tapes != null) {
            tapes.discard();
            tapes = null;
        }
        rounds.clear();
        level = 0;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
