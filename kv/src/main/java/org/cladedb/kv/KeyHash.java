package org.cladedb.kv;

import org.cladedb.common.BigEndian;

/// Hashes of keys.
public final class KeyHash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private KeyHash() {}

    /// A hash whose low and high bits both depend on every byte of the key.
    ///
    /// Keys differ in a few low bits of their numbers, which a polynomial of single bytes maps to
    /// few different hashes.
    public static long of(byte[] key) {
        long state = key.length;
        int i = 0;
        for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
            state = mix(state ^ BigEndian.getLong(key, i));
        }
        long rest = 0;
        for (; i < key.length; i++) {
            rest = rest << Byte.SIZE | (key[i] & 0xFF);
        }
        // Twice: one multiplication takes no high bit of a part to a low one.
        return mix(mix(state ^ rest));
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ product >>> Integer.SIZE;
    }
}
