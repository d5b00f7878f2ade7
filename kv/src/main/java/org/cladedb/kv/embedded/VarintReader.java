package org.cladedb.kv.embedded;

import java.util.Arrays;

/// Reads unsigned LEB128 numbers and byte strings from part of an array.
///
/// Every read checks its bounds and throws [IndexOutOfBoundsException] beyond them.
final class VarintReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    VarintReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    boolean hasMore() {
        return position < end;
    }

    int nextByte() {
        if (position >= end) {
            throw new IndexOutOfBoundsException("cut short");
        }
        return bytes[position++];
    }

    int next() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = nextByte();
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw new IndexOutOfBoundsException("number too large");
    }

    byte[] nextBytes() {
        int length = next();
        if (length > end - position) {
            throw new IndexOutOfBoundsException("cut short");
        }
        byte[] result = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return result;
    }
}
