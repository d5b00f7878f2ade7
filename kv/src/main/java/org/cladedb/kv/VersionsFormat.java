package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.jspecify.annotations.Nullable;

/// The bytes of all versions that a transaction wrote of one key, newest first.
///
/// ```
///   version: stamp, checked sequence, 0 (a deletion) or 1 + length of the value, value
/// ```
///
/// Numbers are unsigned LEB128. They never outlive the process that wrote them.
final class VersionsFormat {
    private static final int NUMBER_BYTES_MAX = 10;

    private final byte[] bytes;
    private final int end;
    private int position;

    private VersionsFormat(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.position = from;
        this.end = from + length;
    }

    /// About how many bytes [#append] writes, never fewer.
    static long size(Overlay.Entry version) {
        byte[] value = version.value;
        return 3L * NUMBER_BYTES_MAX + (value == null ? 0 : value.length);
    }

    static void append(ByteWriter out, Overlay.Entry version) {
        byte[] value = version.value;
        writeNumber(out, version.stamp);
        writeNumber(out, version.checkedSequence);
        writeNumber(out, value == null ? 0 : value.length + 1L);
        if (value != null) {
            out.writeBytes(value);
        }
    }

    private static void writeNumber(ByteWriter out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /// The newest version that is not void and not younger than `readerStamp`, or null.
    static Overlay.@Nullable Entry visible(
            byte[] key, byte[] bytes, int from, int length, VoidStamps voids, long readerStamp) {
        VersionsFormat reader = new VersionsFormat(bytes, from, length);
        while (reader.position < reader.end) {
            long stamp = reader.nextNumber();
            long checkedSequence = reader.nextNumber();
            if (stamp <= readerStamp && !voids.contain(stamp)) {
                return new Overlay.Entry(key, reader.nextValue(), stamp, checkedSequence, null);
            }
            long lengthAndOne = reader.nextNumber();
            reader.position += (int) Math.max(0, lengthAndOne - 1);
        }
        return null;
    }

    /// All versions that are not void, newest first.
    static List<Overlay.Entry> all(
            byte[] key, byte[] bytes, int from, int length, VoidStamps voids) {
        VersionsFormat reader = new VersionsFormat(bytes, from, length);
        List<Overlay.Entry> versions = new ArrayList<>(1);
        while (reader.position < reader.end) {
            long stamp = reader.nextNumber();
            long checkedSequence = reader.nextNumber();
            byte[] value = reader.nextValue();
            if (!voids.contain(stamp)) {
                versions.add(new Overlay.Entry(key, value, stamp, checkedSequence, null));
            }
        }
        return versions;
    }

    private long nextNumber() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte part = bytes[position++];
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    private byte @Nullable [] nextValue() {
        long lengthAndOne = nextNumber();
        if (lengthAndOne == 0) {
            return null;
        }
        int from = position;
        position += (int) lengthAndOne - 1;
        return Arrays.copyOfRange(bytes, from, position);
    }
}
