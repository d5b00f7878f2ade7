package org.cladedb.exec;

import org.cladedb.common.BigEndian;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;

/// Reads a tape of [RowTapes].
final class RowTapeReader implements AutoCloseable {
    private final Tape.Reader reader;
    private final RowBytes rowBytes;
    private int hash;
    private boolean hasKey;

    RowTapeReader(Tape.Reader reader, RowBytes rowBytes) {
        this.reader = reader;
        this.rowBytes = rowBytes;
    }

    /// Fills `out` with the next row; false at the end. Values are valid until the next call.
    boolean next(Datum[] out) {
        if (!reader.next()) {
            return false;
        }
        byte[] array = reader.array();
        int offset = reader.offset();
        hash = BigEndian.getInt(array, offset);
        hasKey = array[offset + Integer.BYTES] != 0;
        rowBytes.read(array, offset + RowTapes.HEADER_BYTES, out);
        return true;
    }

    /// The hash of the row read last.
    int hash() {
        return hash;
    }

    /// Whether the row read last has a key.
    boolean hasKey() {
        return hasKey;
    }

    @Override
    public void close() {
        reader.close();
    }
}
