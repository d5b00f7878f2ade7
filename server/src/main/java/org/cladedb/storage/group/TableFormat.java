package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.common.BigEndian;
import org.cladedb.common.Invariant;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.encoding.RowLayout;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// How one table's rows are keyed and stored: the table's definition, worked out for speed.
/// Immutable, shared by threads.
///
/// "Parts" are the key columns of all segments of the hkey, numbered from the root down.
final class TableFormat {
    static final int SPACE_BYTES = Integer.BYTES;

    final Table table;
    final TableGroup group;

    /// Whether no other table lives in the group's space.
    final boolean alone;

    final RowLayout layout;
    final KeyPart[] parts;

    /// By part: the column's slot, 0 when the table does not carry it, [HKey.Part#ROW_ID].
    final int[] partSlots;

    /// By level: the bytes of the ordinal, and the first part of the level; one more at the end.
    final byte[][] ordinals;

    final int[] levelStarts;

    /// By slot - 1: the part that gives the column's exact value, -1 when the row holds it.
    final int[] partOfSlot;

    /// By part: its position in a key all of whose columns are of fixed width and not NULL; valid
    /// for keys of length `fixedLength`, which is -1 when there is no such thing.
    final int[] fixedPositions;

    final int fixedLength;
    final List<IndexFormat> indexes;

    /// The primary key's index, null when there is none.
    final @Nullable Index primary;

    /// The format of that index where it is not the group itself.
    final @Nullable IndexFormat primaryFormat;

    /// The foreign keys of all tables that refer to this one.
    final List<CatalogSnapshot.Reference> references;

    TableFormat(Table table, TableGroup group, List<CatalogSnapshot.Reference> references) {
        this.references = references;
        this.table = table;
        this.group = group;
        alone = group.members().size() == 1;
        List<HKey.Segment> segments = table.hkey().segments();
        int levels = segments.size();
        ordinals = new byte[levels][];
        levelStarts = new int[levels + 1];
        List<KeyPart> keyParts = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            ordinals[level] = ordinalBytes(segments.get(level).ordinal());
            levelStarts[level] = keyParts.size();
            for (HKey.Part part : segments.get(level).parts()) {
                keyParts.add(KeyPart.ascending(part.type()));
                slots.add(part.slot());
            }
        }
        levelStarts[levels] = keyParts.size();
        parts = keyParts.toArray(KeyPart[]::new);
        partSlots = slots.stream().mapToInt(Integer::intValue).toArray();
        partOfSlot = partOfSlot(table, partSlots);
        fixedPositions = new int[parts.length];
        fixedLength = layOutFixed();
        layout = rowLayout(table, partOfSlot);
        indexes = indexFormats();
        primary = table.primaryKey().orElse(null);
        primaryFormat =
                primary == null || primary.isHkey() ? null : GroupReads.indexFormat(this, primary);
    }

    /// What a row's key is the key of, in messages.
    String keyName() {
        Index key = primary;
        return key != null ? key.name() : table.name();
    }

    /// One byte up to 127, else two with the top bit set: sorts like the number.
    static byte[] ordinalBytes(int ordinal) {
        Invariant.check(ordinal > 0 && ordinal <= 0x7FFF, "an ordinal is in 1 to 32767");
        return ordinal <= Byte.MAX_VALUE
                ? new byte[] {(byte) ordinal}
                : new byte[] {(byte) (0x80 | ordinal >>> 8), (byte) ordinal};
    }

    private static int[] partOfSlot(Table table, int[] partSlots) {
        int[] result = new int[table.columns().size()];
        Arrays.fill(result, -1);
        for (int part = 0; part < partSlots.length; part++) {
            int slot = partSlots[part];
            if (slot > 0 && KeyCodec.isLossless(table.column(slot).type())) {
                result[slot - 1] = part;
            }
        }
        return result;
    }

    private int layOutFixed() {
        int position = SPACE_BYTES;
        for (int level = 0; level < ordinals.length; level++) {
            position += ordinals[level].length;
            for (int part = levelStarts[level]; part < levelStarts[level + 1]; part++) {
                fixedPositions[part] = position;
                int width = fixedWidth(parts[part].type());
                if (width == 0) {
                    return -1;
                }
                position += 1 + width;
            }
        }
        return position;
    }

    private static int fixedWidth(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 1;
            case SMALLINT -> Short.BYTES;
            case INTEGER, DATE, OID -> Integer.BYTES;
            case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ, MONEY -> Long.BYTES;
            case UUID -> 16;
            default -> 0;
        };
    }

    private static RowLayout rowLayout(Table table, int[] partOfSlot) {
        List<Column> columns = table.columns();
        boolean[] stored = new boolean[columns.size()];
        List<Datum> defaults = new ArrayList<>();
        for (int i = 0; i < stored.length; i++) {
            stored[i] = partOfSlot[i] < 0;
            defaults.add(missingValue(columns.get(i)));
        }
        return RowLayout.of(columns.stream().map(Column::type).toList(), stored)
                .withDefaults(defaults);
    }

    /// What rows that were written before the column was added read as.
    static Datum missingValue(Column column) {
        Datum value = new Datum();
        String text = column.missingValue();
        if (text != null && !column.dropped()) {
            ValueText.read(column.type(), text, value);
        }
        return value;
    }

    private List<IndexFormat> indexFormats() {
        List<IndexFormat> formats = new ArrayList<>();
        for (Index index : table.indexes()) {
            if (!index.isHkey()) {
                formats.add(new IndexFormat(this, index));
            }
        }
        return List.copyOf(formats);
    }

    int ordinal() {
        return table.ordinal();
    }

    /// The bit for [org.cladedb.kv.ScanOptions#valueTags()]; larger ordinals are always read.
    long valueTag() {
        return table.ordinal() < Long.SIZE ? 1L << table.ordinal() : 0;
    }

    int levels() {
        return ordinals.length;
    }

    /// Whether the table carries its whole hkey in its own columns.
    boolean carriesHkey() {
        for (int slot : partSlots) {
            if (slot == 0) {
                return false;
            }
        }
        return true;
    }

    boolean hasRowId() {
        return partSlots.length > 0 && partSlots[partSlots.length - 1] == HKey.Part.ROW_ID;
    }

    byte[] spacePrefix() {
        return spacePrefix(group.spaceId());
    }

    static byte[] spacePrefix(int spaceId) {
        byte[] prefix = new byte[SPACE_BYTES];
        BigEndian.putInt(prefix, 0, spaceId);
        return prefix;
    }

    /// Fills `positions` with where each part of the key starts, up to and including `lastPart`;
    /// returns the end of the last part found.
    int locateParts(byte[] key, int offset, int length, int lastPart, int[] positions) {
        if (length == fixedLength) {
            for (int part = 0; part <= lastPart; part++) {
                positions[part] = offset + fixedPositions[part];
            }
            return offset + length;
        }
        int position = offset + SPACE_BYTES;
        for (int level = 0; level < ordinals.length; level++) {
            position += ordinals[level].length;
            for (int part = levelStarts[level]; part < levelStarts[level + 1]; part++) {
                positions[part] = position;
                if (part == lastPart) {
                    return position;
                }
                position = KeyCodec.skip(key, position, parts[part]);
            }
        }
        return position;
    }

    /// The length of the parent's key within the key of a row: where the table's own segment
    /// starts.
    int ownSegmentStart(byte[] key) {
        int position = SPACE_BYTES;
        for (int level = 0; level < ordinals.length - 1; level++) {
            position += ordinals[level].length;
            for (int part = levelStarts[level]; part < levelStarts[level + 1]; part++) {
                position = KeyCodec.skip(key, position, parts[part]);
            }
        }
        return position;
    }
}
