package org.cladedb.session.copy;

import org.cladedb.error.DatabaseException;
import org.jspecify.annotations.Nullable;

/// Splits COPY data into rows and fields. Owned by one thread.
///
/// After [#next()] the fields are slices of [#buffer()], unescaped, until the next call.
public abstract sealed class CopyRowReader permits TextRowReader, CsvRowReader {
    final CopyBuffer data;
    final byte delimiter;
    final byte[] nullBytes;
    int[] starts = new int[16];
    int[] lengths = new int[16];
    boolean[] nulls = new boolean[16];
    int count;
    private boolean finished;
    private long line;

    /// How the first row ended; null until it is read.
    private @Nullable LineEnd lineEnd;

    private enum LineEnd {
        NEWLINE,
        CARRIAGE_RETURN,
        BOTH
    }

    CopyRowReader(CopyInput input, CopyFormat format) {
        data = new CopyBuffer(input);
        delimiter = format.delimiter();
        nullBytes = format.nullBytes();
    }

    public static CopyRowReader of(CopyInput input, CopyFormat format, ForcedNulls forced) {
        return format.csv()
                ? new CsvRowReader(input, format, forced)
                : new TextRowReader(input, format);
    }

    /// Reads the next row; false at the end of the data.
    public final boolean next() {
        count = 0;
        if (finished || (data.start() == data.end() && !data.more())) {
            return false;
        }
        int length = findRowLength();
        line++;
        if (isEndMark(length) && (!marksAreData() || isLast(length))) {
            finished = true;
            data.drain();
            return false;
        }
        byte[] array = data.array();
        int start = data.start();
        int end = start + length;
        requireSameLineEnd(array, end);
        split(array, start, end);
        data.consumeTo(afterLineEnd(array, end));
        return true;
    }

    private boolean isEndMark(int length) {
        byte[] array = data.array();
        int start = data.start();
        return length == 2 && array[start] == '\\' && array[start + 1] == '.';
    }

    /// Whether a line like an end mark is a row where more rows follow. Older psql ends CSV data
    /// with a mark, too, so the last one is never a row.
    abstract boolean marksAreData();

    private boolean isLast(int length) {
        while (afterLineEnd(data.array(), data.start() + length) == data.end()) {
            if (!data.more()) {
                return true;
            }
        }
        return false;
    }

    private int afterLineEnd(byte[] array, int end) {
        if (end == data.end()) {
            return end;
        }
        int after = end + 1;
        boolean two = array[end] == '\r' && after < data.end() && array[after] == '\n';
        return two ? after + 1 : after;
    }

    /// Fails for a row that does not end as the first one did: its line end may be data that was
    /// not escaped.
    private void requireSameLineEnd(byte[] array, int end) {
        if (end == data.end()) {
            return;
        }
        int bytes = afterLineEnd(array, end) - end;
        LineEnd found =
                array[end] == '\n'
                        ? LineEnd.NEWLINE
                        : bytes == 1 ? LineEnd.CARRIAGE_RETURN : LineEnd.BOTH;
        if (lineEnd == null) {
            lineEnd = found;
        } else if (lineEnd != found) {
            throw foreignLineEnd(found == LineEnd.NEWLINE ? "newline" : "carriage return");
        }
    }

    abstract DatabaseException foreignLineEnd(String what);

    /// The length of the row without its line end; the byte after that is in the buffer too.
    abstract int findRowLength();

    /// Adds the fields of the row in `array` from `start` to `end`.
    abstract void split(byte[] array, int start, int end);

    public byte[] buffer() {
        return data.array();
    }

    /// The number of fields of the row.
    public int count() {
        return count;
    }

    public int start(int field) {
        return starts[field];
    }

    public int length(int field) {
        return lengths[field];
    }

    public boolean isNull(int field) {
        return nulls[field];
    }

    /// The number of the line just read, from 1; a row of several lines has the number of its last.
    public long line() {
        return line;
    }

    /// Reads the rest of the data and forgets it.
    public void drain() {
        data.drain();
    }

    final void lineEnded() {
        line++;
    }

    final void addField(int start, int length, boolean isNull) {
        if (count == starts.length) {
            starts = java.util.Arrays.copyOf(starts, count * 2);
            lengths = java.util.Arrays.copyOf(lengths, count * 2);
            nulls = java.util.Arrays.copyOf(nulls, count * 2);
        }
        starts[count] = start;
        lengths[count] = length;
        nulls[count] = isNull;
        count++;
    }

    final boolean matchesNull(byte[] array, int start, int length) {
        if (length != nullBytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[start + i] != nullBytes[i]) {
                return false;
            }
        }
        return true;
    }
}
