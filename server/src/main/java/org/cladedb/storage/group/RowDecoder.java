package org.cladedb.storage.group;

import java.util.List;
import java.util.stream.IntStream;
import org.cladedb.catalog.HKey;
import org.cladedb.common.BigEndian;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.encoding.RowReader;
import org.cladedb.types.Datum;

/// Fills cells with chosen columns of rows: from the key where the key has them, else from the row
/// value. Owned by one thread; allocates nothing per row.
final class RowDecoder {
    private static final byte OTHER = 0;
    private static final byte INT32 = 1;
    private static final byte INT64 = 2;

    final TableFormat format;
    private final RowReader reader;

    private final int[] rowSlots;
    private final int[] rowOutputs;

    private final int[] keyParts;

    /// By index into `keyParts`: how to read it from a key of fixed layout.
    private final byte[] keyShapes;

    private final int[] keyOutputs;
    private final int lastPart;
    private final int[] positions;

    /// `slots` are column numbers from 1; [HKey.Part#ROW_ID] asks for the hidden row number.
    RowDecoder(TableFormat format, List<Integer> slots) {
        this.format = format;
        reader = new RowReader(format.layout);
        int fromKey = 0;
        for (int slot : slots) {
            fromKey += partOf(format, slot) >= 0 ? 1 : 0;
        }
        keyParts = new int[fromKey];
        keyOutputs = new int[fromKey];
        rowSlots = new int[slots.size() - fromKey];
        rowOutputs = new int[slots.size() - fromKey];
        int keyCount = 0;
        int rowCount = 0;
        int last = -1;
        for (int i = 0; i < slots.size(); i++) {
            int part = partOf(format, slots.get(i));
            if (part >= 0) {
                keyParts[keyCount] = part;
                keyOutputs[keyCount++] = i;
                last = Math.max(last, part);
            } else {
                rowSlots[rowCount] = slots.get(i) - 1;
                rowOutputs[rowCount++] = i;
            }
        }
        keyShapes = new byte[fromKey];
        for (int i = 0; i < fromKey; i++) {
            keyShapes[i] = shape(format.parts[keyParts[i]]);
        }
        lastPart = last;
        positions = new int[format.parts.length];
    }

    private static byte shape(KeyPart part) {
        return switch (part.type().kind()) {
            case INTEGER, DATE -> INT32;
            case BIGINT, TIMESTAMP, TIMESTAMPTZ, TIME -> INT64;
            default -> OTHER;
        };
    }

    private static int partOf(TableFormat format, int slot) {
        return slot == HKey.Part.ROW_ID ? format.parts.length - 1 : format.partOfSlot[slot - 1];
    }

    /// All slots of the table, in order.
    static RowDecoder all(TableFormat format) {
        return new RowDecoder(
                format, IntStream.rangeClosed(1, format.table.columns().size()).boxed().toList());
    }

    /// Whether the key alone gives everything.
    boolean needsNoValue() {
        return rowSlots.length == 0;
    }

    void decode(
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength,
            Datum[] out) {
        if (lastPart >= 0) {
            decodeKey(key, keyOffset, keyLength, out);
        }
        if (rowSlots.length > 0) {
            RowReader row = reader;
            row.bind(value, valueOffset, valueLength);
            for (int i = 0; i < rowSlots.length; i++) {
                row.read(rowSlots[i], out[rowOutputs[i]]);
            }
        }
    }

    void decode(byte[] key, byte[] value, Datum[] out) {
        decode(key, 0, key.length, value, 0, value.length, out);
    }

    private void decodeKey(byte[] key, int offset, int length, Datum[] out) {
        TableFormat row = format;
        if (length == row.fixedLength) {
            int[] fixed = row.fixedPositions;
            for (int i = 0; i < keyParts.length; i++) {
                int part = keyParts[i];
                int position = offset + fixed[part];
                Datum cell = out[keyOutputs[i]];
                // A key of this length has no NULL; its integers follow their markers.
                switch (keyShapes[i]) {
                    case INT32 ->
                            cell.setLong(BigEndian.getInt(key, position + 1) ^ Integer.MIN_VALUE);
                    case INT64 ->
                            cell.setLong(BigEndian.getLong(key, position + 1) ^ Long.MIN_VALUE);
                    default -> KeyCodec.decode(key, position, row.parts[part], cell);
                }
            }
            return;
        }
        row.locateParts(key, offset, length, lastPart, positions);
        for (int i = 0; i < keyParts.length; i++) {
            int part = keyParts[i];
            KeyCodec.decode(key, positions[part], row.parts[part], out[keyOutputs[i]]);
        }
    }
}
