package org.cladedb.bench.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/// H2's MVStore: commits by hand, a cache of the size asked for, otherwise its defaults.
final class MvStoreEngine implements Engine {
    private static final int MEBIBYTE = 1024 * 1024;

    private final MVStore store;
    private final MVMap<byte[], byte[]> map;

    private MvStoreEngine(MVStore store) {
        this.store = store;
        map =
                store.openMap(
                        "rows",
                        new MVMap.Builder<byte[], byte[]>()
                                .keyType(ByteArrayDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE));
    }

    static Engine open(Path directory, long cacheBytes, boolean durable) throws Exception {
        Files.createDirectories(directory);
        return new MvStoreEngine(
                new MVStore.Builder()
                        .fileName(directory.resolve("rows.mv").toString())
                        .cacheSize((int) Math.max(1, cacheBytes / MEBIBYTE))
                        .autoCommitDisabled()
                        .open());
    }

    @Override
    public void commit(List<Entry> entries, boolean durable) {
        for (Entry entry : entries) {
            map.put(entry.key(), entry.value());
        }
        store.commit();
        if (durable) {
            store.sync();
        }
    }

    @Override
    public void deleteRange(byte[] start, byte[] end) {
        byte[] key = map.ceilingKey(start);
        while (key != null && Arrays.compareUnsigned(key, end) < 0) {
            map.remove(key);
            key = map.higherKey(key);
        }
        store.commit();
        store.sync();
    }

    @Override
    public Reader reader() {
        return new MapReader(map);
    }

    @Override
    public void settle() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }

    private record MapReader(MVMap<byte[], byte[]> map) implements Reader {
        @Override
        public long scan(byte[] start, long entriesMax) {
            long sum = 0;
            long count = 0;
            Cursor<byte[], byte[]> cursor = map.cursor(start.length == 0 ? map.firstKey() : start);
            while (count < entriesMax && cursor.hasNext()) {
                byte[] key = cursor.next();
                sum += key[key.length - 1] + cursor.getValue()[1];
                count++;
            }
            Sink.keep(sum);
            return count;
        }

        @Override
        public long scanRoots() {
            long sum = 0;
            long count = 0;
            byte[] key = map.firstKey();
            while (key != null) {
                byte[] value = map.get(key);
                if (value == null) {
                    throw new IllegalStateException("a key that was just found has a value");
                }
                sum += key[key.length - 1] + value[1];
                count++;
                key = map.ceilingKey(EngineData.afterSubtree(key));
            }
            Sink.keep(sum);
            return count;
        }

        @Override
        public int get(byte[] key) {
            byte[] value = map.get(key);
            return value == null ? -1 : value.length;
        }

        @Override
        public void close() {}
    }
}
