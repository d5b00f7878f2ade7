package org.cladedb.storage.group;

import java.util.Arrays;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.kv.KeyRange;
import org.jspecify.annotations.Nullable;

/// Where a scan for one table may jump to from a row of another table of the group.
final class SubtreeSkip {
    private SubtreeSkip() {}

    /// The smallest key at or after `key` under which a row of `wanted` can be; null when that is
    /// `key` itself or follows right behind it, so that jumping gains nothing. An empty array means
    /// that nothing can follow.
    static byte @Nullable [] forward(TableFormat wanted, byte[] key) {
        int position = TableFormat.SPACE_BYTES;
        for (int level = 0; level < wanted.levels(); level++) {
            if (position == key.length) {
                return null;
            }
            int order = compareOrdinal(key, position, wanted.ordinals[level]);
            if (order < 0) {
                return with(key, position, wanted.ordinals[level]);
            }
            if (order > 0) {
                return after(Arrays.copyOf(key, position));
            }
            position = segmentEnd(wanted, level, key, position);
        }
        return position == key.length ? null : after(Arrays.copyOf(key, position));
    }

    /// As [#forward(TableFormat, byte\[\])], for a scan towards smaller keys: the largest key at or
    /// before `key` worth looking at.
    static byte @Nullable [] reverse(TableFormat wanted, byte[] key) {
        int position = TableFormat.SPACE_BYTES;
        for (int level = 0; level < wanted.levels(); level++) {
            if (position == key.length) {
                return null;
            }
            int order = compareOrdinal(key, position, wanted.ordinals[level]);
            if (order < 0) {
                return Arrays.copyOf(key, position);
            }
            if (order > 0) {
                return after(with(key, position, wanted.ordinals[level]));
            }
            position = segmentEnd(wanted, level, key, position);
        }
        return position == key.length ? null : Arrays.copyOf(key, position);
    }

    /// The position behind the segment of `level` that starts at `position`.
    static int segmentEnd(TableFormat format, int level, byte[] key, int position) {
        int end = position + format.ordinals[level].length;
        for (int part = format.levelStarts[level]; part < format.levelStarts[level + 1]; part++) {
            end = KeyCodec.skip(key, end, format.parts[part]);
        }
        return end;
    }

    private static int compareOrdinal(byte[] key, int position, byte[] ordinal) {
        return Arrays.compareUnsigned(
                key,
                position,
                Math.min(key.length, position + ordinal.length),
                ordinal,
                0,
                ordinal.length);
    }

    private static byte[] with(byte[] key, int length, byte[] ordinal) {
        ByteWriter out = new ByteWriter(length + ordinal.length);
        out.writeBytes(key, 0, length);
        out.writeBytes(ordinal);
        return out.toByteArray();
    }

    private static byte[] after(byte[] prefix) {
        byte[] successor = KeyRange.successorOfPrefix(prefix);
        return successor == null ? new byte[0] : successor;
    }
}
