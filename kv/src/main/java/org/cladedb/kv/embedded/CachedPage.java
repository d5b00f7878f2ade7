package org.cladedb.kv.embedded;

import org.jspecify.annotations.Nullable;

/// A page in memory. Dirty until its bytes are in the file.
final class CachedPage {
    final byte[] bytes;
    final int block;
    volatile boolean dirty;
    // Set by readers and cleared by the eviction sweep, without synchronization: a lost mark costs
    // a page read at most.
    boolean recentlyUsed;

    // Whether it waits to be written, and between which others: the page writer's, and guarded by
    // it.
    boolean waiting;
    @Nullable CachedPage older;
    @Nullable CachedPage newer;

    CachedPage(byte[] bytes, int block, boolean dirty) {
        this.bytes = bytes;
        this.block = block;
        this.dirty = dirty;
    }
}
