package org.cladedb.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing byte buffer, big-endian, that encoders append to.
///
/// Owned by one thread at a time. [#array()] exposes the backing array so that hot encoders can
/// write in place after [#reserve(int)]; the array changes when the buffer grows.
public final class ByteWriter {
    private static final int FIRST_BYTES = 64;

    /// Buffers up to here grow without asking their limit.
    private static final int SMALL_BYTES = 1 << 16;

    private byte[] array;
    private int size;
    private @Nullable BufferLimit limit;

    public ByteWriter() {
        this(FIRST_BYTES);
    }

    public ByteWriter(int initialCapacity) {
        array = new byte[Math.max(16, initialCapacity)];
    }

    /// Makes room for `count` more bytes and returns the backing array; write at [#size()] and then
    /// call [#advance(int)].
    public byte[] reserve(int count) {
        int needed = size + count;
        if (needed < 0 || needed > array.length) {
            grow(count);
        }
        return array;
    }

    private void grow(int count) {
        long needed = (long) size + count;
        long capacity =
                Math.min(Integer.MAX_VALUE - 16L, Math.max((long) array.length * 2, needed));
        BufferLimit asked = limit;
        if (asked != null && capacity > SMALL_BYTES) {
            asked.allow(size, count, capacity);
        }
        if (needed > capacity) {
            throw new OutOfMemoryError("byte buffer larger than 2 GiB");
        }
        array = Arrays.copyOf(array, (int) capacity);
    }

    /// Has `newLimit` asked before this grows large.
    public ByteWriter limitedBy(BufferLimit newLimit) {
        limit = newLimit;
        return this;
    }

    /// Lets go of a large array, which who has it may keep.
    public void forgetLarge() {
        if (array.length > SMALL_BYTES) {
            array = new byte[FIRST_BYTES];
            size = 0;
        }
    }

    /// Declares `count` bytes after [#size()] as written.
    public void advance(int count) {
        size += count;
    }

    public void writeByte(int value) {
        if (size == array.length) {
            reserve(1);
        }
        array[size++] = (byte) value;
    }

    public void writeShort(int value) {
        reserve(2);
        array[size] = (byte) (value >>> 8);
        array[size + 1] = (byte) value;
        size += 2;
    }

    public void writeInt(int value) {
        reserve(4);
        BigEndian.putInt(array, size, value);
        size += 4;
    }

    public void writeLong(long value) {
        reserve(8);
        BigEndian.putLong(array, size, value);
        size += 8;
    }

    /// Unsigned LEB128: seven bits a byte, least significant first.
    public void writeVarint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    public void writeBytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
    }

    /// Writes the text as UTF-8, without a length.
    public void writeUtf8(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Overwrites four bytes already written, as needed for lengths known only afterwards.
    public void setInt(int position, int value) {
        BigEndian.putInt(array, position, value);
    }

    public int size() {
        return size;
    }

    /// Forgets what was written beyond `newSize`; the capacity stays.
    public void truncate(int newSize) {
        size = newSize;
    }

    public void clear() {
        size = 0;
    }

    /// Forgets everything, and gives memory beyond `capacity` bytes back.
    public void shrinkTo(int capacity) {
        size = 0;
        if (array.length > capacity) {
            array = new byte[capacity];
        }
    }

    /// The backing array; only the first [#size()] bytes are meaningful.
    public byte[] array() {
        return array;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(array, size);
    }
}
