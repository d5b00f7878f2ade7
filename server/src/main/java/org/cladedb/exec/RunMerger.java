package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.spill.Tape;

/// Merges sorted runs: a tournament, in which each inner node remembers who lost there. Of equal
/// keys the one of the earlier run comes first.
///
/// A record is the length of its key in four bytes, the key and the row.
final class RunMerger implements AutoCloseable {
    private final SortKeys keys;
    private final Tape.Reader[] inputs;
    private final boolean[] ended;
    private final int[] losers;
    private int winner;
    private boolean started;

    /// @param keys compares what it wrote
    RunMerger(SortKeys keys, List<Tape> runs) {
        this.keys = keys;
        inputs = runs.stream().map(Tape::lastReader).toArray(Tape.Reader[]::new);
        ended = new boolean[inputs.length];
        losers = new int[inputs.length];
    }

    /// Goes on to the next record in order; false at the end.
    boolean next() {
        if (!started) {
            started = true;
            for (int i = 0; i < inputs.length; i++) {
                ended[i] = !inputs[i].next();
            }
            winner = playAll(1);
        } else if (!ended[winner]) {
            ended[winner] = !inputs[winner].next();
            replay();
        }
        return !ended[winner];
    }

    /// Plays all matches below `node`; returns who wins there. Leaves follow the inner nodes.
    private int playAll(int node) {
        if (node >= inputs.length) {
            return node - inputs.length;
        }
        int left = playAll(2 * node);
        int right = playAll(2 * node + 1);
        boolean leftWins = isBefore(left, right);
        losers[node] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    /// Lets the last winner play again with its next record.
    private void replay() {
        int current = winner;
        for (int node = (current + inputs.length) >> 1; node > 0; node >>= 1) {
            if (isBefore(losers[node], current)) {
                int loser = current;
                current = losers[node];
                losers[node] = loser;
            }
        }
        winner = current;
    }

    private boolean isBefore(int left, int right) {
        if (ended[left] || ended[right]) {
            return !ended[left];
        }
        Tape.Reader first = inputs[left];
        Tape.Reader second = inputs[right];
        int order =
                keys.compareBytes(
                        first.array(),
                        first.offset() + Integer.BYTES,
                        keyLength(first),
                        second.array(),
                        second.offset() + Integer.BYTES,
                        keyLength(second));
        return order == 0 ? left < right : order < 0;
    }

    private static int keyLength(Tape.Reader input) {
        return BigEndian.getInt(input.array(), input.offset());
    }

    /// The array that holds the current record; valid until the next call of [#next()].
    byte[] array() {
        return inputs[winner].array();
    }

    int offset() {
        return inputs[winner].offset();
    }

    int length() {
        return inputs[winner].length();
    }

    /// Where in [#array()] the row begins.
    int rowOffset() {
        return offset() + Integer.BYTES + keyLength(inputs[winner]);
    }

    @Override
    public void close() {
        for (Tape.Reader input : inputs) {
            input.close();
        }
    }
}
