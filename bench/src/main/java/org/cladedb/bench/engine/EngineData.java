package org.cladedb.bench.engine;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.cladedb.bench.engine.Engine.Entry;

/// The rows of a group: roots with ten children each, which have three or so children each. Rows
/// are numbered in key order; the first byte of a value is its table.
final class EngineData {
    static final byte ROOT = 1;
    static final byte CHILD = 2;
    static final byte GRANDCHILD = 3;

    private static final int CHILDREN = 10;
    private static final int GRANDCHILDREN = 3;
    private static final int ROWS_OF_CHILD = 1 + GRANDCHILDREN;

    /// Rows of a root with all that is below it.
    static final int ROWS_OF_ROOT = 1 + CHILDREN * ROWS_OF_CHILD;

    private static final int VALUE_BYTES = 60;
    private static final int SEGMENT_BYTES = 1 + Long.BYTES;

    private EngineData() {}

    static Entry entry(long row) {
        return new Entry(key(row), value(row));
    }

    /// Of 9, 18 or 27 bytes: nearly all rows are grandchildren.
    static byte[] key(long row) {
        long root = row / ROWS_OF_ROOT;
        int within = (int) (row % ROWS_OF_ROOT);
        if (within == 0) {
            return segment(ByteBuffer.allocate(SEGMENT_BYTES), ROOT, root).array();
        }
        int child = (within - 1) / ROWS_OF_CHILD;
        int below = (within - 1) % ROWS_OF_CHILD;
        ByteBuffer key = ByteBuffer.allocate((below == 0 ? 2 : 3) * SEGMENT_BYTES);
        segment(key, ROOT, root);
        segment(key, CHILD, root * CHILDREN + child);
        if (below > 0) {
            segment(key, GRANDCHILD, (root * CHILDREN + child) * GRANDCHILDREN + below);
        }
        return key.array();
    }

    private static ByteBuffer segment(ByteBuffer key, byte table, long id) {
        return key.put(table).putLong(id);
    }

    private static byte[] value(long row) {
        byte[] value = new byte[VALUE_BYTES];
        SplittableRandom random = new SplittableRandom(row);
        for (int i = 1; i < VALUE_BYTES; i++) {
            value[i] = (byte) ('a' + random.nextInt(26));
        }
        int within = (int) (row % ROWS_OF_ROOT);
        value[0] = within == 0 ? ROOT : (within - 1) % ROWS_OF_CHILD == 0 ? CHILD : GRANDCHILD;
        return value;
    }

    static long roots(long rows) {
        return (rows + ROWS_OF_ROOT - 1) / ROWS_OF_ROOT;
    }

    /// The smallest key after the subtree of the root row with this key.
    static byte[] afterSubtree(byte[] rootKey) {
        ByteBuffer key = ByteBuffer.wrap(rootKey.clone());
        key.putLong(1, key.getLong(1) + 1);
        return key.array();
    }

    /// Position `index` of an order of `rows` rows that looks random and has each of them once.
    static long shuffled(long index, long rows) {
        // Multiplying by a number that shares no factor with `rows` is a permutation.
        long factor = 2_654_435_761L;
        while (gcd(factor, rows) != 1) {
            factor += 2;
        }
        return index * factor % rows;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
