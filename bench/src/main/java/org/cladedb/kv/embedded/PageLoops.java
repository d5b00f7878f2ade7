package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.cladedb.common.BigEndian;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Searches within one page; in the engine's package, because pages are nobody else's business.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class PageLoops {
    private static final int KEY_BYTES = 18;
    private static final int VALUE_BYTES = 60;

    private byte[] page = {};
    private final List<byte[]> keys = new ArrayList<>();

    /// Fills a leaf.
    @Setup
    public void fill() {
        int used = PageFormat.HEADER_BYTES;
        int entryBytes = LeafPage.ENTRY_OVERHEAD_BYTES + KEY_BYTES + VALUE_BYTES;
        while (used + entryBytes <= PageReference.BLOCK_BYTES) {
            byte[] key = new byte[KEY_BYTES];
            BigEndian.putLong(key, KEY_BYTES - Long.BYTES, 3L * keys.size());
            keys.add(key);
            used += entryBytes;
        }
        page = new byte[PageReference.BLOCK_BYTES];
        PageFormat.writeHeader(page, PageFormat.KIND_LEAF, 0, keys.size(), 1);
        int prefixLength = KEY_BYTES - 2;
        int position = LeafPage.prefixStart(page) + prefixLength;
        for (int index = 0; index < keys.size(); index++) {
            LeafPage.setSlot(page, index, position, 2, VALUE_BYTES);
            page[LeafPage.fingerprintsStart(page) + index] =
                    LeafFingerprints.of(keys.get(index), 0, KEY_BYTES);
            System.arraycopy(keys.get(index), prefixLength, page, position, 2);
            position += 2 + VALUE_BYTES;
        }
        PageFormat.writeLayout(page, prefixLength, position);
    }

    /// The place of a key among those of a full leaf.
    @Benchmark
    public int search() {
        int index = ThreadLocalRandom.current().nextInt(keys.size());
        int found = LeafFingerprints.find(page, keys.get(index));
        if (found != index) {
            throw new IllegalStateException("found at " + found + " instead of " + index);
        }
        return found;
    }
}
