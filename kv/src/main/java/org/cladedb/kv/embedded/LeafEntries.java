package org.cladedb.kv.embedded;

import java.util.Arrays;

/// The entries of leaves that are being rewritten: whole keys, and values where they lie.
///
/// Reused from leaf to leaf by one thread. Takes no space before the first entry: most commits have
/// no leaf to rewrite.
final class LeafEntries {
    private static final int CAPACITY_MIN = 64;
    private static final int KEY_BYTES_MIN = 1024;

    private int size;
    private byte[] keys = {};
    private int keyBytes;
    private int[] keyStarts = {};
    private int[] keyLengths = {};
    private byte[][] values = {};
    private int[] valueStarts = {};
    private int[] valueLengths = {};
    private boolean[] large = {};
    private byte[] fingerprints = {};

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(values, 0, size, null);
        size = 0;
        keyBytes = 0;
    }

    byte[] keys() {
        return keys;
    }

    int keyStart(int index) {
        return keyStarts[index];
    }

    int keyLength(int index) {
        return keyLengths[index];
    }

    byte[] value(int index) {
        return values[index];
    }

    int valueStart(int index) {
        return valueStarts[index];
    }

    int valueLength(int index) {
        return valueLengths[index];
    }

    boolean isLarge(int index) {
        return large[index];
    }

    byte fingerprint(int index) {
        return fingerprints[index];
    }

    byte tag(int index) {
        return large[index] || valueLengths[index] == 0
                ? LeafPage.NO_TAG
                : values[index][valueStarts[index]];
    }

    byte[] copyKey(int index) {
        return Arrays.copyOfRange(keys, keyStarts[index], keyStarts[index] + keyLengths[index]);
    }

    /// Slot, tag, key and value, before the shared prefix is cut.
    int bytes(int index) {
        return LeafPage.ENTRY_OVERHEAD_BYTES + keyLengths[index] + valueLengths[index];
    }

    void add(byte[] key, byte[] value, boolean isLarge) {
        reserve(key.length);
        System.arraycopy(key, 0, keys, keyBytes, key.length);
        fingerprints[size] = LeafFingerprints.of(key, 0, key.length);
        set(key.length, value, 0, value.length, isLarge);
    }

    /// Forgets the entries before `index`.
    void dropBefore(int index) {
        int keyStart = index == size ? keyBytes : keyStarts[index];
        System.arraycopy(keys, keyStart, keys, 0, keyBytes - keyStart);
        keyBytes -= keyStart;
        int kept = size - index;
        for (int entry = 0; entry < kept; entry++) {
            keyStarts[entry] = keyStarts[index + entry] - keyStart;
            keyLengths[entry] = keyLengths[index + entry];
            values[entry] = values[index + entry];
            valueStarts[entry] = valueStarts[index + entry];
            valueLengths[entry] = valueLengths[index + entry];
            large[entry] = large[index + entry];
            fingerprints[entry] = fingerprints[index + entry];
        }
        Arrays.fill(values, kept, size, null);
        size = kept;
    }

    /// Appends the entries `from` to `to` of a leaf.
    void addAll(byte[] page, int from, int to) {
        int prefixLength = PageFormat.prefixLength(page);
        int pageFingerprints = LeafPage.fingerprintsStart(page);
        for (int index = from; index < to; index++) {
            reserve(prefixLength + LeafPage.suffixLength(page, index));
            fingerprints[size] = page[pageFingerprints + index];
            int keyLength = LeafPage.copyKey(page, index, keys, keyBytes);
            set(
                    keyLength,
                    page,
                    LeafPage.valueStart(page, index),
                    LeafPage.storedValueLength(page, index),
                    LeafPage.isLarge(page, index));
        }
    }

    private void set(int keyLength, byte[] value, int start, int length, boolean isLarge) {
        keyStarts[size] = keyBytes;
        keyLengths[size] = keyLength;
        values[size] = value;
        valueStarts[size] = start;
        valueLengths[size] = length;
        large[size] = isLarge;
        keyBytes += keyLength;
        size++;
    }

    private void reserve(int moreKeyBytes) {
        if (keyBytes + moreKeyBytes > keys.length) {
            int capacity = Math.max(keys.length * 2, KEY_BYTES_MIN);
            keys = Arrays.copyOf(keys, Math.max(capacity, keyBytes + moreKeyBytes));
        }
        if (size == keyStarts.length) {
            int capacity = Math.max(size * 2, CAPACITY_MIN);
            keyStarts = Arrays.copyOf(keyStarts, capacity);
            keyLengths = Arrays.copyOf(keyLengths, capacity);
            values = Arrays.copyOf(values, capacity);
            valueStarts = Arrays.copyOf(valueStarts, capacity);
            valueLengths = Arrays.copyOf(valueLengths, capacity);
            large = Arrays.copyOf(large, capacity);
            fingerprints = Arrays.copyOf(fingerprints, capacity);
        }
    }

    /// How many leading bytes the keys of two entries share.
    int commonPrefix(int one, int other) {
        int mismatch =
                Arrays.mismatch(
                        keys,
                        keyStarts[one],
                        keyStarts[one] + keyLengths[one],
                        keys,
                        keyStarts[other],
                        keyStarts[other] + keyLengths[other]);
        return mismatch < 0 ? keyLengths[one] : mismatch;
    }
}
