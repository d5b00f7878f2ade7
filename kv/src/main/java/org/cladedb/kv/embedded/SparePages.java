package org.cladedb.kv.embedded;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Arrays of pages that nobody reads any more, for new pages: a page that lived for some time is
/// expensive garbage. Not thread-safe; [PageStore] guards it.
///
/// A writer of pages to the file may still be busy with what was in such an array. That is
/// harmless: it writes to blocks that no tree contains, and a checksum, which every page gets anew
/// when it is written itself.
final class SparePages {
    private static final byte POISON = (byte) 0xE5;
    private static final int COUNT_MAX = 1 << 16;

    private final ArrayDeque<byte[]> spares;
    private final int countMax;

    SparePages(long bytesMax) {
        countMax = (int) Math.min(COUNT_MAX, bytesMax / PageReference.BLOCK_BYTES);
        // At its full size at once: adding takes no memory.
        spares = new ArrayDeque<>(countMax);
    }

    byte @Nullable [] take() {
        return spares.pollLast();
    }

    void add(byte[] page) {
        if (page.length == PageReference.BLOCK_BYTES && spares.size() < countMax) {
            assert poison(page);
            spares.addLast(page);
        }
    }

    /// Lets tests notice whoever reads on.
    private static boolean poison(byte[] page) {
        Arrays.fill(page, POISON);
        return true;
    }
}
