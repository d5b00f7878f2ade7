package org.cladedb.kv;

import java.util.Arrays;

/// Consecutive entries of a range, decoded in place: positions into arrays, no object per entry.
///
/// Filled by a [RangeCursor] and valid until its next call; readers must not change the arrays.
/// Values may point into engine pages. Pages are immutable and garbage-collected, so an engine may
/// promise that value arrays stay valid for as long as they are referred to
/// ([Limits#stableValues()]).
public final class EntryBatch {
    private static final byte[] EMPTY = {};

    private int size;
    private int appendedKeyBytes;
    private byte[] keys = EMPTY;
    private int[] keyOffsets = new int[0];
    private int[] keyLengths = new int[0];
    private byte[][] values = new byte[0][];
    private int[] valueOffsets = new int[0];
    private int[] valueLengths = new int[0];

    /// The number of entries.
    public int size() {
        return size;
    }

    /// The array that holds every key of the batch, each in one piece.
    public byte[] keys() {
        return keys;
    }

    public int keyOffset(int index) {
        return keyOffsets[index];
    }

    public int keyLength(int index) {
        return keyLengths[index];
    }

    /// The array that holds the value of entry `index`; entries may share one.
    public byte[] valueArray(int index) {
        return values[index];
    }

    public int valueOffset(int index) {
        return valueOffsets[index];
    }

    public int valueLength(int index) {
        return valueLengths[index];
    }

    public byte[] copyKey(int index) {
        byte[] copy = new byte[keyLengths[index]];
        System.arraycopy(keys, keyOffsets[index], copy, 0, copy.length);
        return copy;
    }

    public byte[] copyValue(int index) {
        byte[] copy = new byte[valueLengths[index]];
        System.arraycopy(values[index], valueOffsets[index], copy, 0, copy.length);
        return copy;
    }

    /// For cursors: empties the batch and makes room.
    public void reset(int entryCapacity, int keyBytesCapacity) {
        size = 0;
        appendedKeyBytes = 0;
        if (keys.length < keyBytesCapacity) {
            keys = new byte[keyBytesCapacity];
        }
        if (keyOffsets.length < entryCapacity) {
            keyOffsets = new int[entryCapacity];
            keyLengths = new int[entryCapacity];
            values = new byte[entryCapacity][];
            valueOffsets = new int[entryCapacity];
            valueLengths = new int[entryCapacity];
        }
    }

    /// For cursors: appends an entry whose key bytes already stand in [#keys()] at `keyOffset`.
    public void add(
            int keyOffset, int keyLength, byte[] valueArray, int valueOffset, int valueLength) {
        int index = size;
        keyOffsets[index] = keyOffset;
        keyLengths[index] = keyLength;
        values[index] = valueArray;
        valueOffsets[index] = valueOffset;
        valueLengths[index] = valueLength;
        size = index + 1;
    }

    /// For cursors that merge: appends a copy of the key and a reference to the value, growing as
    /// needed. Not to be mixed with [#add] between two resets.
    public void append(byte[] key, byte[] value) {
        append(key, 0, key.length, value, 0, value.length);
    }

    /// For cursors that merge: appends an entry of another batch.
    public void append(EntryBatch source, int index) {
        append(
                source.keys,
                source.keyOffsets[index],
                source.keyLengths[index],
                source.values[index],
                source.valueOffsets[index],
                source.valueLengths[index]);
    }

    private void append(
            byte[] keyArray,
            int keyOffset,
            int keyLength,
            byte[] valueArray,
            int valueOffset,
            int valueLength) {
        if (appendedKeyBytes + keyLength > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, appendedKeyBytes + keyLength));
        }
        if (size == keyOffsets.length) {
            grow(Math.max(16, size * 2));
        }
        System.arraycopy(keyArray, keyOffset, keys, appendedKeyBytes, keyLength);
        add(appendedKeyBytes, keyLength, valueArray, valueOffset, valueLength);
        appendedKeyBytes += keyLength;
    }

    private void grow(int capacity) {
        keyOffsets = Arrays.copyOf(keyOffsets, capacity);
        keyLengths = Arrays.copyOf(keyLengths, capacity);
        values = Arrays.copyOf(values, capacity);
        valueOffsets = Arrays.copyOf(valueOffsets, capacity);
        valueLengths = Arrays.copyOf(valueLengths, capacity);
    }
}
