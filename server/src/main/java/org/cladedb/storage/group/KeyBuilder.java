package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.kv.KeyRange;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Builds keys and key ranges from values.
final class KeyBuilder {
    /// Values lie between these two, NULLs outside (`docs/formats/key.md`).
    private static final byte FIRST_VALUE = 0x02;

    private static final byte AFTER_VALUES = 0x03;

    private final ByteWriter out = new ByteWriter();

    KeyBuilder(int spaceId) {
        out.writeInt(spaceId);
    }

    private KeyBuilder(byte[] prefix) {
        out.writeBytes(prefix);
    }

    KeyBuilder append(KeyPart part, Datum value) {
        KeyCodec.append(out, part, value);
        return this;
    }

    KeyBuilder bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /// The key of `format` whose parts are the given values, in order.
    static byte[] hkey(TableFormat format, List<Datum> values) {
        KeyBuilder key = new KeyBuilder(format.group.spaceId());
        for (int level = 0; level < format.levels(); level++) {
            key.bytes(format.ordinals[level]);
            for (int part = format.levelStarts[level];
                    part < format.levelStarts[level + 1];
                    part++) {
                key.append(format.parts[part], values.get(part));
            }
        }
        return key.toByteArray();
    }

    /// The range of the group's space that `bounds` over the parts of `format` mean; null when
    /// nothing can match.
    static @Nullable KeyRange range(TableFormat format, ScanBounds bounds) {
        byte[][] separators = new byte[format.parts.length][];
        for (int level = 0; level < format.levels(); level++) {
            int part = format.levelStarts[level];
            if (part < separators.length) {
                // A level without parts leaves its ordinal to the next.
                byte[] before = separators[part] == null ? new byte[0] : separators[part];
                separators[part] = concat(before, format.ordinals[level]);
            }
        }
        return range(format.group.spaceId(), separators, format.parts, bounds);
    }

    /// The same for an index.
    static @Nullable KeyRange range(IndexFormat index, ScanBounds bounds) {
        return range(
                index.index.spaceId(), new byte[index.columns.length][], index.columns, bounds);
    }

    private static @Nullable KeyRange range(
            int spaceId, byte[][] separators, KeyPart[] parts, ScanBounds bounds) {
        KeyBuilder prefix = new KeyBuilder(spaceId);
        int count = bounds.equal().size();
        for (int i = 0; i < count; i++) {
            Datum value = bounds.equal().get(i);
            if (value.isNull() && !bounds.equalNulls()) {
                return null;
            }
            prefix.separator(separators[i]).append(parts[i], value);
        }
        if (bounds.lower() == null && bounds.upper() == null && !bounds.notNull()) {
            return KeyRange.prefix(prefix.toByteArray());
        }
        prefix.separator(separators[count]);
        return within(prefix.toByteArray(), parts[count], bounds);
    }

    private static @Nullable KeyRange within(byte[] prefix, KeyPart part, ScanBounds bounds) {
        Datum low = part.descending() ? bounds.upper() : bounds.lower();
        Datum high = part.descending() ? bounds.lower() : bounds.upper();
        boolean lowIn = part.descending() ? bounds.upperInclusive() : bounds.lowerInclusive();
        boolean highIn = part.descending() ? bounds.lowerInclusive() : bounds.upperInclusive();
        if ((low != null && low.isNull()) || (high != null && high.isNull())) {
            return null;
        }
        byte[] start = concat(prefix, new byte[] {FIRST_VALUE});
        if (low != null) {
            byte[] key = new KeyBuilder(prefix).append(part, low).toByteArray();
            start = lowIn ? key : KeyRange.successorOfPrefix(key);
        }
        byte[] end = concat(prefix, new byte[] {AFTER_VALUES});
        if (high != null) {
            byte[] key = new KeyBuilder(prefix).append(part, high).toByteArray();
            end = highIn ? KeyRange.successorOfPrefix(key) : key;
        }
        if (start == null) {
            return null;
        }
        KeyRange range = new KeyRange(start, end);
        return range.isEmpty() ? null : range;
    }

    private KeyBuilder separator(byte @Nullable [] separator) {
        return separator == null ? this : bytes(separator);
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
