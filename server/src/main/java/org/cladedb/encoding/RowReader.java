package org.cladedb.encoding;

import org.cladedb.common.BigEndian;
import org.cladedb.common.Invariant;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Reads columns of row values of one layout. A cursor over bytes: bind it to a row, then read any
/// slot in constant time. Owned by one thread.
///
/// Values read point into the bound bytes.
public final class RowReader {
    private final SqlType[] types;
    private final StoredKind[] kinds;
    private final int[] places;
    private final RowLayout layout;

    private byte[] array = {};
    private int count;
    private int nullsStart;
    private int fixedStart;
    private int offsetsStart;
    private int variableStart;
    private int offsetsKind;
    private boolean anyNull;

    public RowReader(RowLayout layout) {
        this.layout = layout;
        types = layout.types;
        kinds = layout.kinds;
        places = layout.places;
    }

    /// Points at a row value.
    public void bind(byte[] source, int offset, int length) {
        int at = offset + (source[offset] >= 0 ? 1 : RowLayout.varintSize(source, offset));
        int header = source[at];
        if (header >= 0) {
            at++;
        } else {
            header = RowLayout.longVarint(source, at);
            at += RowLayout.varintSize(source, at);
        }
        int slots = header >>> 2;
        if (slots > types.length) {
            throw new DatabaseException(
                    SqlState.DATA_CORRUPTED, "a row has more columns than its table");
        }
        array = source;
        count = slots;
        offsetsKind = header & 3;
        nullsStart = at;
        fixedStart = at + ((slots + 7) >>> 3);
        offsetsStart = fixedStart + layout.fixedSizes[slots];
        variableStart = offsetsStart + (layout.variableCounts[slots] << offsetsKind);
        anyNull = anyBit(source, nullsStart, fixedStart);
        if (variableStart > offset + length) {
            throw new DatabaseException(SqlState.DATA_CORRUPTED, "a row is too short");
        }
    }

    private static boolean anyBit(byte[] source, int start, int end) {
        int bits = 0;
        for (int i = start; i < end; i++) {
            bits |= source[i];
        }
        return bits != 0;
    }

    /// The number of slots that the bound row was written with; later ones are absent.
    public int slotCount() {
        return count;
    }

    /// Whether a stored slot is NULL; an absent one is what its default is.
    public boolean isNull(int slot) {
        if (slot >= count) {
            return layout.defaults[slot].isNull();
        }
        return anyNull && (array[nullsStart + (slot >>> 3)] >>> (slot & 7) & 1) != 0;
    }

    /// Reads a stored slot; false when it was absent and `out` got the layout's default.
    public boolean read(int slot, Datum out) {
        if (Invariant.EXPENSIVE) {
            Invariant.check(layout.stored[slot], "only stored slots are read from the row");
        }
        if (slot >= count) {
            out.copyFrom(layout.defaults[slot]);
            return false;
        }
        if (anyNull && (array[nullsStart + (slot >>> 3)] >>> (slot & 7) & 1) != 0) {
            out.setNull();
        } else {
            readPresent(slot, out);
        }
        return true;
    }

    /// Reads the stored slot `slots[i]` into `out[outIndex[i]]`, for every i.
    public void readAll(int[] slots, Datum[] out, int[] outIndex) {
        for (int i = 0; i < slots.length; i++) {
            read(slots[i], out[outIndex[i]]);
        }
    }

    private void readPresent(int slot, Datum out) {
        byte[] source = array;
        int fixed = fixedStart + places[slot];
        switch (kinds[slot]) {
            case BOOLEAN -> out.setBoolean(source[fixed] != 0);
            case INT16 -> out.setLong(BigEndian.getShort(source, fixed));
            case INT32 -> out.setLong(BigEndian.getInt(source, fixed));
            case UNSIGNED32 -> out.setLong(BigEndian.getInt(source, fixed) & 0xFFFFFFFFL);
            case INT64 -> out.setLong(BigEndian.getLong(source, fixed));
            case BYTES -> {
                int start = start(places[slot]);
                out.setBytes(source, variableStart + start, end(places[slot]) - start);
            }
            case NUMERIC -> {
                int start = start(places[slot]);
                StoredNumeric.read(source, variableStart + start, end(places[slot]) - start, out);
            }
            case FLOAT32, FLOAT64, INTERVAL, BYTES16 ->
                    StoredValue.read(source, fixed, 0, kinds[slot], types[slot], out);
            case ARRAY, ROW -> {
                int start = start(places[slot]);
                StoredValue.read(
                        source,
                        variableStart + start,
                        end(places[slot]) - start,
                        kinds[slot],
                        types[slot],
                        out);
            }
        }
    }

    private int start(int index) {
        return index == 0 ? 0 : end(index - 1);
    }

    private int end(int index) {
        return offsetsKind == RowLayout.OFFSETS_OF_ONE_BYTE
                ? array[offsetsStart + index] & 0xFF
                : RowLayout.end(array, offsetsStart, offsetsKind, index);
    }
}
