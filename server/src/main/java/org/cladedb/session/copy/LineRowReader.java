package org.cladedb.session.copy;

import org.cladedb.error.DatabaseException;
import org.jspecify.annotations.Nullable;

/// What text and CSV have in common: rows are lines, or begin and end with them.
abstract sealed class LineRowReader extends CopyRowReader permits TextRowReader, CsvRowReader {
    final byte delimiter;
    final byte[] nullBytes;
    private boolean finished;

    /// How the first row ended; null until it is read.
    private @Nullable LineEnd lineEnd;

    private enum LineEnd {
        NEWLINE,
        CARRIAGE_RETURN,
        BOTH
    }

    LineRowReader(CopyInput input, CopyFormat format) {
        super(input);
        delimiter = format.delimiter();
        nullBytes = format.nullBytes();
    }

    @Override
    public void begin() {
        // The names in the first line, if there are any, are read as a row.
    }

    @Override
    public final boolean next() {
        clear();
        if (finished || (data.start() == data.end() && !data.more())) {
            return false;
        }
        int length = findRowLength();
        lineEnded();
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
