package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;

/// Sort keys as bytes whose unsigned order is the order of the rows. The first eight bytes are in
/// an array of longs, which decides most comparisons; the rest is looked at on a tie.
///
/// ```
///   h t t p : / / w w w . s i t e / a b c d e …      the eight bytes of each are the same:
///   h t t p : / / w w w . s i t e / x y z …          of no use, before `prepare` …
///                                   └──────────────  … and from there after it
/// ```
final class NormalizedSortKeys implements SortKeys {
    private static final long NO_REST = -1;

    private final KeyPart[] parts;
    private final MemoryAccount memory;
    private final ByteChunks rests;
    private final ByteWriter writer = new ByteWriter();
    private long[] prefixes = {};
    private long[] addresses = {};
    private int size;
    private long reservedBytes;

    /// The first eight bytes of every key, where `prefixes` has later ones.
    private long commonPrefix;

    private boolean prepared;

    NormalizedSortKeys(List<SortColumn> columns, MemoryAccount memory) {
        this(columns.stream().map(NormalizedSortKeys::part).toArray(KeyPart[]::new), memory);
    }

    private static KeyPart part(SortColumn column) {
        return new KeyPart(column.type(), column.descending(), column.nullsFirst());
    }

    private NormalizedSortKeys(KeyPart[] parts, MemoryAccount memory) {
        this.parts = parts;
        this.memory = memory;
        rests = new ByteChunks(memory);
    }

    @Override
    public void add(Datum[] values) {
        encode(values);
        store(
                BigEndian.getLong(writer.array(), 0),
                writer.array(),
                Long.BYTES,
                writer.size() - Long.BYTES);
    }

    private void store(long prefix, byte[] source, int offset, int restLength) {
        if (size == prefixes.length) {
            int length = Math.max(8, size * 2);
            long bytes = (long) (length - size) * 2 * Long.BYTES;
            memory.reserve(bytes);
            reservedBytes += bytes;
            prefixes = Arrays.copyOf(prefixes, length);
            addresses = Arrays.copyOf(addresses, length);
        }
        prefixes[size] = prefix;
        addresses[size] = NO_REST;
        if (restLength > 0) {
            long address = rests.allocate(Integer.BYTES + restLength);
            byte[] target = rests.array(address);
            int start = ByteChunks.offset(address);
            BigEndian.putInt(target, start, restLength);
            System.arraycopy(source, offset, target, start + Integer.BYTES, restLength);
            addresses[size] = address;
        }
        size++;
    }

    /// Encodes into the writer, with zeros after the end of short keys.
    private void encode(Datum[] values) {
        writer.clear();
        for (int i = 0; i < parts.length; i++) {
            KeyCodec.append(writer, parts[i], values[i]);
        }
        if (writer.size() < Long.BYTES) {
            int end = writer.size();
            byte[] array = writer.reserve(Long.BYTES);
            Arrays.fill(array, end, Long.BYTES, (byte) 0);
        }
    }

    @Override
    public void prepare() {
        if (prepared || size < 2 || !haveCommonPrefix()) {
            return;
        }
        int skipped = commonRestBytes();
        commonPrefix = prefixes[0];
        prepared = true;
        for (int row = 0; row < size; row++) {
            prefixes[row] = restAt(row, skipped);
        }
    }

    private boolean haveCommonPrefix() {
        long first = prefixes[0];
        for (int row = 0; row < size; row++) {
            if (prefixes[row] != first || addresses[row] == NO_REST) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes after the first eight all keys have in common.
    private int commonRestBytes() {
        byte[] first = rests.array(addresses[0]);
        int offset = ByteChunks.offset(addresses[0]);
        int common = BigEndian.getInt(first, offset);
        int start = offset + Integer.BYTES;
        for (int row = 1; row < size && common > 0; row++) {
            byte[] rest = rests.array(addresses[row]);
            int restStart = ByteChunks.offset(addresses[row]) + Integer.BYTES;
            int length = Math.min(common, BigEndian.getInt(rest, restStart - Integer.BYTES));
            int mismatch =
                    Arrays.mismatch(
                            first, start, start + length, rest, restStart, restStart + length);
            common = mismatch < 0 ? length : mismatch;
        }
        return common;
    }

    /// Eight bytes of a rest, with zeros after its end.
    private long restAt(int row, int position) {
        byte[] rest = rests.array(addresses[row]);
        int offset = ByteChunks.offset(addresses[row]);
        int length = BigEndian.getInt(rest, offset);
        int from = offset + Integer.BYTES + position;
        if (position + Long.BYTES <= length) {
            return BigEndian.getLong(rest, from);
        }
        long value = 0;
        for (int i = 0; i < length - position; i++) {
            value |= (rest[from + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
        }
        return value;
    }

    /// The first eight bytes of a key.
    private long prefix(int row) {
        return prepared ? commonPrefix : prefixes[row];
    }

    @Override
    public int compare(int left, int right) {
        int order = Long.compareUnsigned(prefixes[left], prefixes[right]);
        if (order != 0 || addresses[left] == NO_REST || addresses[right] == NO_REST) {
            return order;
        }
        byte[] leftRest = rests.array(addresses[left]);
        int leftOffset = ByteChunks.offset(addresses[left]);
        return -compareRest(
                right,
                leftRest,
                leftOffset + Integer.BYTES,
                BigEndian.getInt(leftRest, leftOffset));
    }

    @Override
    public int compareTo(Datum[] values, int right) {
        encode(values);
        int order = Long.compareUnsigned(BigEndian.getLong(writer.array(), 0), prefix(right));
        int rest = writer.size() - Long.BYTES;
        if (order != 0 || rest <= 0 || addresses[right] == NO_REST) {
            return order;
        }
        return -compareRest(right, writer.array(), Long.BYTES, rest);
    }

    /// Compares the rest of row `row` with other bytes.
    private int compareRest(int row, byte[] other, int otherOffset, int otherLength) {
        byte[] rest = rests.array(addresses[row]);
        int offset = ByteChunks.offset(addresses[row]);
        int length = BigEndian.getInt(rest, offset);
        return Arrays.compareUnsigned(
                rest,
                offset + Integer.BYTES,
                offset + Integer.BYTES + length,
                other,
                otherOffset,
                otherOffset + otherLength);
    }

    @Override
    public void write(int row, ByteWriter out) {
        out.writeLong(prefix(row));
        if (addresses[row] != NO_REST) {
            byte[] rest = rests.array(addresses[row]);
            int offset = ByteChunks.offset(addresses[row]);
            out.writeBytes(rest, offset + Integer.BYTES, BigEndian.getInt(rest, offset));
        }
    }

    @Override
    public int compareBytes(
            byte[] left,
            int leftOffset,
            int leftLength,
            byte[] right,
            int rightOffset,
            int rightLength) {
        return Arrays.compareUnsigned(
                left,
                leftOffset,
                leftOffset + leftLength,
                right,
                rightOffset,
                rightOffset + rightLength);
    }

    @Override
    public SortKeys keep(int[] numbers, int count) {
        NormalizedSortKeys kept = new NormalizedSortKeys(parts, memory);
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (addresses[row] == NO_REST) {
                kept.store(prefix(row), writer.array(), 0, 0);
            } else {
                byte[] rest = rests.array(addresses[row]);
                int offset = ByteChunks.offset(addresses[row]);
                int length = BigEndian.getInt(rest, offset);
                kept.store(prefix(row), rest, offset + Integer.BYTES, length);
            }
        }
        clear();
        return kept;
    }

    @Override
    public void clear() {
        rests.clear();
        prefixes = new long[0];
        addresses = new long[0];
        size = 0;
        prepared = false;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
