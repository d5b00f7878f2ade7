package org.cladedb.kv;

import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.jspecify.annotations.Nullable;

/// A key as the key of a hash map; the array is shared and must not change.
final class ByteKey {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final byte[] bytes;
    private final int hash;

    ByteKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    /// Keys differ in a few low bits of their numbers, which a polynomial of single bytes maps to
    /// few different hashes.
    private static int hash(byte[] bytes) {
        long state = bytes.length;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            state = mix(state ^ BigEndian.getLong(bytes, i));
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = rest << Byte.SIZE | (bytes[i] & 0xFF);
        }
        // Twice: one multiplication takes no high bit of a part to a low one.
        return (int) mix(mix(state ^ rest));
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ product >>> Integer.SIZE;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteKey that
                && hash == that.hash
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
