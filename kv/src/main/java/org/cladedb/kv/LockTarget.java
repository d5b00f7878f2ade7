package org.cladedb.kv;

import org.jspecify.annotations.Nullable;

/// A key and the mode to lock it in, made once and used for any number of locks. Immutable; the
/// array must not be changed.
public final class LockTarget {
    private final ByteKey key;
    private final LockMode mode;

    public LockTarget(byte[] key, LockMode mode) {
        this.key = new ByteKey(key);
        this.mode = mode;
    }

    /// The key; not to be changed.
    public byte[] keyBytes() {
        return key.bytes();
    }

    public LockMode mode() {
        return mode;
    }

    ByteKey key() {
        return key;
    }

    /// Which of so many (a power of two) counters is its key's.
    int stripe(int stripes) {
        return key.hashCode() & (stripes - 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LockTarget that && mode == that.mode && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + mode.bit();
    }
}
