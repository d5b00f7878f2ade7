package org.cladedb.bench.engine;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB: uncompressed, which suits reads from memory; Bloom filters; a block cache of the size
/// asked for; otherwise its defaults. It is compacted before it is read.
final class RocksEngine implements Engine {
    private static final int KEY_BYTES_MAX = 64;
    private static final int VALUE_BYTES_MAX = 256;
    private static final int BLOOM_BITS = 10;

    private final Options options;
    private final RocksDB database;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions().setSync(false);

    private RocksEngine(Options options, RocksDB database) {
        this.options = options;
        this.database = database;
    }

    static Engine open(Path directory, long cacheBytes, boolean durable) throws Exception {
        RocksDB.loadLibrary();
        Files.createDirectories(directory);
        Options options =
                new Options()
                        .setCreateIfMissing(true)
                        .setCompressionType(CompressionType.NO_COMPRESSION)
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(new LRUCache(cacheBytes))
                                        .setFilterPolicy(new BloomFilter(BLOOM_BITS)))
                        .setIncreaseParallelism(Runtime.getRuntime().availableProcessors());
        return new RocksEngine(options, RocksDB.open(options, directory.toString()));
    }

    @Override
    public void commit(List<Entry> entries, boolean durable) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Entry entry : entries) {
                batch.put(entry.key(), entry.value());
            }
            database.write(durable ? synced : unsynced, batch);
        }
    }

    @Override
    public void deleteRange(byte[] start, byte[] end) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.deleteRange(start, end);
            database.write(synced, batch);
        }
    }

    @Override
    public Reader reader() {
        return new SnapshotReader(database);
    }

    @Override
    public void settle() throws RocksDBException {
        try (FlushOptions flush = new FlushOptions()) {
            database.flush(flush);
        }
        database.compactRange();
    }

    @Override
    public void close() {
        synced.close();
        unsynced.close();
        database.close();
        options.close();
    }

    private static final class SnapshotReader implements Reader {
        private final RocksDB database;
        private final ReadOptions options = new ReadOptions();
        private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES_MAX);
        private final ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES_MAX);
        private final byte[] found = new byte[VALUE_BYTES_MAX];

        SnapshotReader(RocksDB database) {
            this.database = database;
        }

        @Override
        public long scan(byte[] start, long entriesMax) {
            long sum = 0;
            long count = 0;
            try (RocksIterator iterator = database.newIterator(options)) {
                for (iterator.seek(start);
                        iterator.isValid() && count < entriesMax;
                        iterator.next()) {
                    sum += read(iterator);
                    count++;
                }
            }
            Sink.keep(sum);
            return count;
        }

        private long read(RocksIterator iterator) {
            int keyLength = iterator.key(key.clear());
            iterator.value(value.clear());
            return (long) key.get(keyLength - 1) + value.get(1);
        }

        @Override
        public long scanRoots() {
            long sum = 0;
            long count = 0;
            byte[] root = new byte[Long.BYTES + 1];
            try (RocksIterator iterator = database.newIterator(options)) {
                iterator.seekToFirst();
                while (iterator.isValid()) {
                    sum += read(iterator);
                    count++;
                    key.get(0, root);
                    iterator.seek(EngineData.afterSubtree(root));
                }
            }
            Sink.keep(sum);
            return count;
        }

        @Override
        public int get(byte[] wanted) {
            try {
                return database.get(options, wanted, found);
            } catch (RocksDBException exception) {
                throw new IllegalStateException(exception);
            }
        }

        @Override
        public void close() {
            options.close();
        }
    }
}
