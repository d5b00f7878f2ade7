package org.cladedb.bench.engine;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/// LMDB: memory-mapped, its cache is the operating system's; loads run without its sync at every
/// commit.
final class LmdbEngine implements Engine {
    private static final long MAP_BYTES = 16L * 1024 * 1024 * 1024;
    private static final int READERS_MAX = 512;
    private static final int BUFFER_BYTES = 512;

    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> table;

    private LmdbEngine(Env<ByteBuffer> environment) {
        this.environment = environment;
        table = environment.openDbi("rows", DbiFlags.MDB_CREATE);
    }

    static Engine open(Path directory, long cacheBytes, boolean durable) throws Exception {
        Files.createDirectories(directory);
        Env.Builder<ByteBuffer> builder =
                Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).setMaxReaders(READERS_MAX);
        return new LmdbEngine(
                durable
                        ? builder.open(directory.toFile(), EnvFlags.MDB_NOTLS)
                        : builder.open(
                                directory.toFile(), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC));
    }

    @Override
    public void commit(List<Entry> entries, boolean durable) {
        ByteBuffer key = ByteBuffer.allocateDirect(BUFFER_BYTES);
        ByteBuffer value = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
            for (Entry entry : entries) {
                table.put(
                        transaction,
                        key.clear().put(entry.key()).flip(),
                        value.clear().put(entry.value()).flip());
            }
            transaction.commit();
        }
    }

    @Override
    public void deleteRange(byte[] start, byte[] end) {
        ByteBuffer first = ByteBuffer.allocateDirect(BUFFER_BYTES).put(start).flip();
        ByteBuffer limit = ByteBuffer.allocateDirect(BUFFER_BYTES).put(end).flip();
        try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
            try (Cursor<ByteBuffer> cursor = table.openCursor(transaction)) {
                boolean found = cursor.get(first, GetOp.MDB_SET_RANGE);
                while (found && isBefore(cursor.key(), limit)) {
                    cursor.delete();
                    found = cursor.seek(SeekOp.MDB_GET_CURRENT);
                }
            }
            transaction.commit();
        }
    }

    private static boolean isBefore(ByteBuffer key, ByteBuffer limit) {
        int mismatch = key.mismatch(limit);
        if (mismatch < 0 || mismatch == limit.remaining()) {
            return false;
        }
        return mismatch == key.remaining()
                || Byte.toUnsignedInt(key.get(mismatch)) < Byte.toUnsignedInt(limit.get(mismatch));
    }

    @Override
    public Reader reader() {
        return new SnapshotReader(environment.txnRead(), table);
    }

    @Override
    public void settle() {
        environment.sync(true);
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class SnapshotReader implements Reader {
        private final Txn<ByteBuffer> transaction;
        private final Dbi<ByteBuffer> table;
        private final ByteBuffer wanted = ByteBuffer.allocateDirect(BUFFER_BYTES);

        SnapshotReader(Txn<ByteBuffer> transaction, Dbi<ByteBuffer> table) {
            this.transaction = transaction;
            this.table = table;
        }

        @Override
        public long scan(byte[] start, long entriesMax) {
            long sum = 0;
            long count = 0;
            try (Cursor<ByteBuffer> cursor = table.openCursor(transaction)) {
                boolean found =
                        start.length == 0
                                ? cursor.first()
                                : cursor.get(wanted.clear().put(start).flip(), GetOp.MDB_SET_RANGE);
                while (found && count < entriesMax) {
                    sum += read(cursor);
                    count++;
                    found = cursor.next();
                }
            }
            Sink.keep(sum);
            return count;
        }

        private static long read(Cursor<ByteBuffer> cursor) {
            ByteBuffer key = cursor.key();
            return (long) key.get(key.remaining() - 1) + cursor.val().get(1);
        }

        @Override
        public long scanRoots() {
            long sum = 0;
            long count = 0;
            byte[] root = new byte[Long.BYTES + 1];
            try (Cursor<ByteBuffer> cursor = table.openCursor(transaction)) {
                boolean found = cursor.first();
                while (found) {
                    sum += read(cursor);
                    count++;
                    cursor.key().get(0, root);
                    found =
                            cursor.get(
                                    wanted.clear().put(EngineData.afterSubtree(root)).flip(),
                                    GetOp.MDB_SET_RANGE);
                }
            }
            Sink.keep(sum);
            return count;
        }

        @Override
        public int get(byte[] key) {
            ByteBuffer found = table.get(transaction, wanted.clear().put(key).flip());
            return found == null ? -1 : found.remaining();
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
