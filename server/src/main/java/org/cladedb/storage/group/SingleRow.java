package org.cladedb.storage.group;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// At most one row, found by its key.
final class SingleRow implements TableCursor {
    private final RowDecoder decoder;
    private final WorkCounters counters;
    private final byte[] key;
    private byte @Nullable [] value;
    private boolean started;

    SingleRow(RowDecoder decoder, WorkCounters counters, byte[] key, byte @Nullable [] value) {
        this.decoder = decoder;
        this.counters = counters;
        this.key = key;
        this.value = value;
    }

    @Override
    public boolean next() {
        boolean first = !started && value != null;
        started = true;
        if (first) {
            counters.rowsRead++;
        }
        return first;
    }

    @Override
    public void read(Datum[] out) {
        byte[] row = value;
        if (row == null) {
            throw new IllegalStateException("the cursor is not on a row");
        }
        decoder.decode(key, row, out);
    }

    @Override
    public byte[] hkey() {
        return key.clone();
    }

    @Override
    public void close() {
        value = null;
    }
}
