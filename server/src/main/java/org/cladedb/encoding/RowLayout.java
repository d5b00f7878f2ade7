package org.cladedb.encoding;

import java.util.Arrays;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Invariant;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Where the columns of a table lie in its row values. Immutable, shared by threads.
///
/// A slot is a column's place for ever: columns are only ever added at the end, so that rows
/// written before still read. A slot beyond those a row was written with is absent and reads as the
/// layout's default for it. Slots that are not stored live in the key.
public final class RowLayout {
    static final int OFFSETS_OF_ONE_BYTE = 0;
    static final int OFFSETS_OF_TWO_BYTES = 1;
    static final int OFFSETS_OF_FOUR_BYTES = 2;

    private static final int ONE_BYTE_MAX = 0xFF;
    private static final int TWO_BYTES_MAX = 0xFFFF;

    final SqlType[] types;
    final StoredKind[] kinds;
    final boolean[] stored;

    /// By slot: the offset in the fixed section, or the index among the variable columns.
    final int[] places;

    /// By number of slots in a row: size of its fixed section, number of its variable columns.
    final int[] fixedSizes;

    final int[] variableCounts;
    final Datum[] defaults;

    private RowLayout(SqlType[] types, boolean[] stored, Datum[] defaults) {
        int count = types.length;
        this.types = types;
        this.stored = stored;
        this.defaults = defaults;
        kinds = new StoredKind[count];
        places = new int[count];
        fixedSizes = new int[count + 1];
        variableCounts = new int[count + 1];
        for (int slot = 0; slot < count; slot++) {
            kinds[slot] = StoredKind.of(types[slot]);
            int width = kinds[slot].width();
            boolean variable = width == 0;
            places[slot] = variable ? variableCounts[slot] : fixedSizes[slot];
            fixedSizes[slot + 1] = fixedSizes[slot] + (stored[slot] ? width : 0);
            variableCounts[slot + 1] = variableCounts[slot] + (stored[slot] && variable ? 1 : 0);
        }
    }

    /// A layout of `types` in which the slots flagged in `stored` are in the row, the others in the
    /// key; absent slots read as NULL.
    public static RowLayout of(List<SqlType> types, boolean[] stored) {
        Invariant.check(types.size() == stored.length, "a layout has one flag a slot");
        return new RowLayout(
                types.toArray(SqlType[]::new), stored.clone(), Datum.row(stored.length));
    }

    /// A layout with all slots stored.
    public static RowLayout of(List<SqlType> types) {
        boolean[] stored = new boolean[types.size()];
        Arrays.fill(stored, true);
        return of(types, stored);
    }

    /// This layout with the values that absent slots read as.
    public RowLayout withDefaults(List<Datum> values) {
        Invariant.check(values.size() == types.length, "a layout has one default a slot");
        Datum[] frozen = new Datum[types.length];
        for (int slot = 0; slot < frozen.length; slot++) {
            frozen[slot] = values.get(slot).freeze(types[slot].form());
        }
        return new RowLayout(types, stored, frozen);
    }

    public int slotCount() {
        return types.length;
    }

    public boolean isStored(int slot) {
        return stored[slot];
    }

    /// Appends the row of `values`, one a slot (those not stored are not looked at), for the table
    /// with this ordinal.
    public void encode(ByteWriter out, int ordinal, Datum[] values) {
        int count = types.length;
        int offsetsKind = offsetsKind(variableSize(values));
        out.writeVarint(ordinal);
        out.writeVarint(count << 2 | offsetsKind);
        encodeNulls(out, values);
        encodeFixed(out, values);
        encodeVariable(out, values, offsetsKind);
    }

    private static int offsetsKind(long variableSize) {
        if (variableSize <= ONE_BYTE_MAX) {
            return OFFSETS_OF_ONE_BYTE;
        }
        return variableSize <= TWO_BYTES_MAX ? OFFSETS_OF_TWO_BYTES : OFFSETS_OF_FOUR_BYTES;
    }

    private long variableSize(Datum[] values) {
        long size = 0;
        for (int slot = 0; slot < types.length; slot++) {
            if (stored[slot] && kinds[slot].width() == 0 && !values[slot].isNull()) {
                size += StoredValue.variableSize(kinds[slot], types[slot], values[slot]);
            }
        }
        return size;
    }

    private void encodeVariable(ByteWriter out, Datum[] values, int offsetsKind) {
        int offsets = out.size();
        int offsetsSize = variableCounts[types.length] << offsetsKind;
        out.reserve(offsetsSize);
        out.advance(offsetsSize);
        int start = out.size();
        for (int slot = 0; slot < types.length; slot++) {
            if (!stored[slot] || kinds[slot].width() != 0) {
                continue;
            }
            if (!values[slot].isNull()) {
                StoredValue.append(out, kinds[slot], types[slot], values[slot]);
            }
            int end = out.size() - start;
            int at = offsets + (places[slot] << offsetsKind);
            switch (offsetsKind) {
                case OFFSETS_OF_ONE_BYTE -> out.array()[at] = (byte) end;
                case OFFSETS_OF_TWO_BYTES -> BigEndian.putShort(out.array(), at, end);
                default -> BigEndian.putInt(out.array(), at, end);
            }
        }
    }

    private void encodeNulls(ByteWriter out, Datum[] values) {
        int bits = 0;
        for (int slot = 0; slot < types.length; slot++) {
            if (stored[slot] && values[slot].isNull()) {
                bits |= 1 << (slot & 7);
            }
            if ((slot & 7) == 7) {
                out.writeByte(bits);
                bits = 0;
            }
        }
        if ((types.length & 7) != 0) {
            out.writeByte(bits);
        }
    }

    private void encodeFixed(ByteWriter out, Datum[] values) {
        for (int slot = 0; slot < types.length; slot++) {
            int width = kinds[slot].width();
            if (!stored[slot] || width == 0) {
                continue;
            }
            if (values[slot].isNull()) {
                byte[] array = out.reserve(width);
                Arrays.fill(array, out.size(), out.size() + width, (byte) 0);
                out.advance(width);
            } else {
                StoredValue.append(out, kinds[slot], types[slot], values[slot]);
            }
        }
    }

    /// The table ordinal that a row value starts with.
    public static int ordinal(byte[] value, int offset) {
        byte first = value[offset];
        return first >= 0 ? first : longVarint(value, offset);
    }

    static int longVarint(byte[] source, int position) {
        int value = 0;
        int at = position;
        for (int shift = 0; ; shift += 7) {
            byte next = source[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static int varintSize(byte[] source, int position) {
        int at = position;
        while (source[at] < 0) {
            at++;
        }
        return at + 1 - position;
    }

    /// The end of variable column `index`, relative to the variable section.
    static int end(byte[] source, int offsetsStart, int offsetsKind, int index) {
        return switch (offsetsKind) {
            case OFFSETS_OF_ONE_BYTE -> source[offsetsStart + index] & 0xFF;
            case OFFSETS_OF_TWO_BYTES ->
                    BigEndian.getUnsignedShort(source, offsetsStart + 2 * index);
            default -> BigEndian.getInt(source, offsetsStart + 4 * index);
        };
    }
}
