package org.cladedb.kv;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.jspecify.annotations.Nullable;

/// A part of a transaction's writes that is not in memory: all versions of some keys, in key order,
/// in a load of the store that is never committed. Immutable.
final class WrittenRun {
    /// Arrays of encoded versions larger than this are not kept for the next key.
    private static final int ENCODED_BYTES_MAX = 1 << 16;

    private final BulkLoad load;
    private final ReadView view;
    private final KeyFilter filter;
    private final long keys;
    private final long oldestStamp;
    private final long newestStamp;
    private final int level;

    private WrittenRun(Writer writer) {
        load = writer.load;
        view = load.view();
        filter = writer.filter;
        keys = writer.keys;
        oldestStamp = writer.oldestStamp;
        newestStamp = writer.newestStamp;
        level = writer.level;
    }

    /// Writes a run; either finished or closed.
    static final class Writer implements AutoCloseable {
        private final BulkLoad load;
        private final KeyFilter filter;
        private final int level;
        private final ByteWriter encoded = new ByteWriter();
        private long keys;
        private long oldestStamp = Long.MAX_VALUE;
        private long newestStamp;
        private boolean finished;

        /// @param keysExpected not fewer than will be added
        /// @param level how often what is in it was merged
        Writer(KeyValueStore store, long keysExpected, int level) {
            load = store.bulkLoad(KeyRange.all());
            filter = new KeyFilter(keysExpected);
            this.level = level;
        }

        /// @param versions of one key above those before, newest first
        void add(List<Overlay.Entry> versions) {
            for (Overlay.Entry version : versions) {
                VersionsFormat.append(encoded, version);
                oldestStamp = Math.min(oldestStamp, version.stamp);
                newestStamp = Math.max(newestStamp, version.stamp);
            }
            byte[] key = versions.getFirst().key;
            load.add(key, encoded.toByteArray());
            encoded.shrinkTo(ENCODED_BYTES_MAX);
            filter.add(key);
            keys++;
        }

        WrittenRun finish() {
            WrittenRun run = new WrittenRun(this);
            finished = true;
            return run;
        }

        @Override
        public void close() {
            if (!finished) {
                load.close();
            }
        }
    }

    ReadView view() {
        return view;
    }

    long keys() {
        return keys;
    }

    long oldestStamp() {
        return oldestStamp;
    }

    long newestStamp() {
        return newestStamp;
    }

    int level() {
        return level;
    }

    /// The newest version of `key` that is not void and not younger than `stamp`, or null.
    Overlay.@Nullable Entry find(byte[] key, VoidStamps voids, long stamp) {
        byte[] versions = filter.mayContain(key) ? view.get(key) : null;
        return versions == null
                ? null
                : VersionsFormat.visible(key, versions, 0, versions.length, voids, stamp);
    }

    long estimateEntries(KeyRange range) {
        return view.estimateEntries(range);
    }

    boolean hasKeysIn(KeyRange range) {
        try (RangeCursor cursor = view.scan(range, ScanOptions.limit(1))) {
            return cursor.next();
        }
    }

    void close() {
        load.close();
    }
}
