package org.cladedb.session.copy;

/// Splits COPY data into rows and fields. Owned by one thread.
///
/// After [#next()] the fields are slices of [#buffer()], unescaped, until the next call.
public abstract sealed class CopyRowReader permits LineRowReader, BinaryRowReader {
    final CopyBuffer data;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private boolean[] nulls = new boolean[16];
    private int count;
    private long line;

    CopyRowReader(CopyInput input) {
        data = new CopyBuffer(input);
    }

    /// @param fields how many each row has to have
    public static CopyRowReader of(
            CopyInput input, CopyFormat format, ForcedNulls forced, int fields) {
        return switch (format.kind()) {
            case TEXT -> new TextRowReader(input, format);
            case CSV -> new CsvRowReader(input, format, forced);
            case BINARY -> new BinaryRowReader(input, fields);
        };
    }

    /// Reads what comes before the first row. Call once.
    public abstract void begin();

    /// Reads the next row; false at the end of the data.
    public abstract boolean next();

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

    /// The number of the line just read, from 1; a row of several lines has the number of its last,
    /// and each row of binary data is a line.
    public long line() {
        return line;
    }

    /// Reads the rest of the data and forgets it.
    public void drain() {
        data.drain();
    }

    final void clear() {
        count = 0;
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
}
