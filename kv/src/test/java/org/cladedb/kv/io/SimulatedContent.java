package org.cladedb.kv.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The bytes of one simulated file: as programs see them, and as they are on stable storage.
/// Guarded by its file system.
final class SimulatedContent {
    private static final int SECTOR_BYTES = 512;

    /// Bytes that a crash may drop.
    private record Write(long position, byte[] bytes) {}

    private byte[] durable = new byte[0];
    private int durableSize;
    private byte[] current = new byte[0];
    private int size;
    private boolean truncated;
    private final List<Write> unsynced = new ArrayList<>();

    int size() {
        return size;
    }

    byte[] copy() {
        return Arrays.copyOf(current, size);
    }

    int read(long position, byte[] target, int offset, int length) {
        int count = (int) Math.max(0, Math.min(length, size - position));
        System.arraycopy(current, (int) Math.min(position, size), target, offset, count);
        return count;
    }

    void write(long position, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        unsynced.add(new Write(position, bytes));
        int end = (int) (position + bytes.length);
        current = grown(current, end);
        System.arraycopy(bytes, 0, current, (int) position, bytes.length);
        size = Math.max(size, end);
    }

    /// The power fails while this is written.
    void writeUnseen(long position, byte[] bytes) {
        unsynced.add(new Write(position, bytes));
    }

    void truncate(long newSize) {
        if (newSize < size) {
            size = (int) newSize;
            Arrays.fill(current, size, current.length, (byte) 0);
            truncated = true;
        }
    }

    void sync() {
        if (truncated) {
            durable = Arrays.copyOf(current, size);
            durableSize = size;
            truncated = false;
        } else {
            unsynced.forEach(this::apply);
        }
        unsynced.clear();
    }

    /// A sync failed: of what it should have written some is there, and nobody will try again.
    void forgetUnsynced(Random random) {
        for (Write write : unsynced) {
            if (random.nextInt(3) == 0) {
                apply(write);
            }
        }
        unsynced.clear();
    }

    private void apply(Write write) {
        int end = (int) (write.position + write.bytes.length);
        durable = grown(durable, end);
        System.arraycopy(write.bytes, 0, durable, (int) write.position, write.bytes.length);
        durableSize = Math.max(durableSize, end);
    }

    private static byte[] grown(byte[] bytes, int end) {
        return end <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
    }

    /// Keeps what the seed says of the writes that were not synced.
    void crash(Random random) {
        List<Write> survivors = new ArrayList<>();
        int style = random.nextInt(4);
        for (Write write : unsynced) {
            boolean keep =
                    switch (style) {
                        case 0 -> false;
                        case 1 -> true;
                        default -> random.nextBoolean();
                    };
            if (keep) {
                survivors.add(style == 3 && random.nextInt(3) == 0 ? torn(write, random) : write);
                if (style > 1 && random.nextInt(8) == 0) {
                    survivors.add(write);
                }
            }
        }
        if (style > 1) {
            Collections.shuffle(survivors, random);
        }
        survivors.forEach(this::apply);
        unsynced.clear();
        truncated = false;
        current = Arrays.copyOf(durable, durableSize);
        size = durableSize;
    }

    /// The first or the last sectors of a write.
    private static Write torn(Write write, Random random) {
        int sectors = write.bytes.length / SECTOR_BYTES;
        if (sectors == 0) {
            return new Write(
                    write.position,
                    Arrays.copyOf(write.bytes, random.nextInt(write.bytes.length + 1)));
        }
        int cut = random.nextInt(sectors + 1) * SECTOR_BYTES;
        return random.nextBoolean()
                ? new Write(write.position, Arrays.copyOf(write.bytes, cut))
                : new Write(
                        write.position + cut,
                        Arrays.copyOfRange(write.bytes, cut, write.bytes.length));
    }
}
