package org.cladedb.kv.embedded;

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

    private final byte[][] spares;
    private int count;

    SparePages(long bytesMax) {
        spares = new byte[(int) Math.min(bytesMax / PageReference.BLOCK_BYTES, 1 << 14)][];
    }

    byte @Nullable [] take() {
        if (count == 0) {
            return null;
        }
        count--;
        byte[] spare = spares[count];
        spares[count] = null;
        return spare;
    }

    void add(byte[] page) {
        if (page.length == PageReference.BLOCK_BYTES && count < spares.length) {
            assert poison(page);
            spares[count] = page;
            count++;
        }
    }

    /// Lets tests notice whoever reads on.
    private static boolean poison(byte[] page) {
        Arrays.fill(page, POISON);
        return true;
    }
}
