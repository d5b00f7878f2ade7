package org.cladedb.kv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys from `start` (inclusive) to `end` (exclusive; null means to the end of the key space).
///
/// The arrays are shared, not copied: nobody may change them.
public record KeyRange(byte[] start, byte @Nullable [] end) {
    private static final byte[] EMPTY = {};

    /// Every key.
    public static KeyRange all() {
        return new KeyRange(EMPTY, null);
    }

    /// Every key that starts with `prefix`, itself included.
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, successorOfPrefix(prefix));
    }

    /// Just `key`.
    public static KeyRange single(byte[] key) {
        return new KeyRange(key, Arrays.copyOf(key, key.length + 1));
    }

    /// The smallest key above all keys that start with `prefix`; null when there is none.
    public static byte @Nullable [] successorOfPrefix(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] successor = Arrays.copyOf(prefix, i + 1);
                successor[i]++;
                return successor;
            }
        }
        return null;
    }

    /// Whether the range holds `key`.
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, start) >= 0
                && (end == null || Arrays.compareUnsigned(key, end) < 0);
    }

    /// Whether the range holds every key of `other`.
    public boolean contains(KeyRange other) {
        boolean endsInside =
                end == null || (other.end != null && Arrays.compareUnsigned(other.end, end) <= 0);
        return Arrays.compareUnsigned(start, other.start) <= 0 && endsInside;
    }

    /// Whether some key can be in both.
    public boolean intersects(KeyRange other) {
        return (end == null || Arrays.compareUnsigned(other.start, end) < 0)
                && (other.end == null || Arrays.compareUnsigned(start, other.end) < 0);
    }

    /// Whether no key can be in the range.
    public boolean isEmpty() {
        return end != null && Arrays.compareUnsigned(start, end) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange that
                && Arrays.equals(start, that.start)
                && Arrays.equals(end, that.end);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + Arrays.hashCode(end);
    }
}
