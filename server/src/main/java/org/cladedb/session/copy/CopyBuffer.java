package org.cladedb.session.copy;

import java.util.Arrays;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The bytes of COPY data that are not consumed yet, gathered from pieces. Owned by one thread.
///
/// The row being read starts at [#start()]; it moves to the front of the array when more is needed,
/// so offsets are remembered relative to it.
final class CopyBuffer {
    private static final int INITIAL_BYTES = 1 << 16;
    private static final int ROW_BYTES_MAX = 1 << 29;

    private final CopyInput input;
    private byte[] array = new byte[INITIAL_BYTES];
    private int start;
    private int end;
    private boolean ended;

    CopyBuffer(CopyInput input) {
        this.input = input;
    }

    /// Changes with [#more()].
    byte[] array() {
        return array;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// The row that ends before `position` is done with.
    void consumeTo(int position) {
        start = position;
    }

    /// Reads one more piece; false at the end of the data.
    boolean more() {
        if (ended || !input.next()) {
            ended = true;
            return false;
        }
        int length = input.length();
        if (end + length > array.length) {
            makeRoom(length);
        }
        System.arraycopy(input.buffer(), input.offset(), array, end, length);
        end += length;
        return true;
    }

    private void makeRoom(int length) {
        int kept = end - start;
        if (kept + (long) length > ROW_BYTES_MAX) {
            throw new DatabaseException(SqlState.PROGRAM_LIMIT_EXCEEDED, "COPY row is too long");
        }
        int capacity = array.length;
        while (capacity < kept + length) {
            capacity *= 2;
        }
        byte[] target = capacity == array.length ? array : new byte[capacity];
        System.arraycopy(array, start, target, 0, kept);
        array = target;
        start = 0;
        end = kept;
    }

    /// Takes what is left and throws it away, after an end marker in the data.
    void drain() {
        start = end;
        while (!ended) {
            ended = !input.next();
        }
    }

    /// The first bytes of the row, for messages.
    byte[] excerpt(int length) {
        return Arrays.copyOfRange(array, start, start + Math.min(length, end - start));
    }
}
