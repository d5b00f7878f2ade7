package org.cladedb.txn;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.common.BigEndian;

/// Numbers for the rows of tables without a primary key: from 1, never the same twice. Reserved in
/// blocks that grow while a table is being filled. Safe for any thread.
final class RowNumbers {
    private static final long FIRST_BLOCK = 64;
    private static final long BLOCK_MAX = 1 << 16;
    private static final int GROWTH = 8;

    private final Counters counters;
    private final Map<Integer, Block> blocks = new ConcurrentHashMap<>();

    RowNumbers(Counters counters) {
        this.counters = counters;
    }

    long next(int tableOid) {
        Block block = blocks.computeIfAbsent(tableOid, Block::new);
        synchronized (block) {
            if (block.next == block.end) {
                reserve(block);
            }
            return block.next++;
        }
    }

    private void reserve(Block block) {
        long size = block.size;
        byte[] changed =
                counters.change(
                        block.tableOid,
                        stored -> {
                            long used = stored == null ? 0 : BigEndian.getLong(stored, 0);
                            byte[] value = new byte[Long.BYTES];
                            BigEndian.putLong(value, 0, used + size);
                            return value;
                        });
        long last = BigEndian.getLong(changed, 0);
        block.next = last - size + 1;
        block.end = last + 1;
        block.size = Math.min(BLOCK_MAX, size * GROWTH);
    }

    /// Guarded by itself.
    private static final class Block {
        final int tableOid;
        long next;
        long end;
        long size = FIRST_BLOCK;

        Block(int tableOid) {
            this.tableOid = tableOid;
        }
    }
}
