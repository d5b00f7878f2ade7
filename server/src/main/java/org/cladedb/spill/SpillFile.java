package org.cladedb.spill;

import java.util.Arrays;

/// A temporary file, divided into extents: blocks of one size, which are used again when they are
/// given back, and others of any size. Owned by the statement's thread.
public final class SpillFile implements AutoCloseable {
    private final SpillSpace space;
    private final TemporaryFile file;
    private final int blockBytes;
    private long end;
    private long[] freeBlocks = {};
    private int freeCount;
    private boolean closed;

    SpillFile(SpillSpace space, TemporaryFile file, int blockBytes) {
        this.space = space;
        this.file = file;
        this.blockBytes = blockBytes;
    }

    public int blockBytes() {
        return blockBytes;
    }

    /// How large the file is, or was when it was closed.
    public long sizeBytes() {
        return end;
    }

    /// Writes up to a block and returns its position.
    long writeBlock(byte[] source, int length) {
        space.checkCancelled();
        long position = freeCount > 0 ? freeBlocks[freeCount - 1] : end;
        file.write(position, source, 0, length);
        if (freeCount > 0) {
            freeCount--;
        } else {
            end += blockBytes;
        }
        return position;
    }

    /// Lets the block at `position` be written anew.
    void freeBlock(long position) {
        if (freeCount == freeBlocks.length) {
            freeBlocks = Arrays.copyOf(freeBlocks, Math.max(16, freeCount * 2));
        }
        freeBlocks[freeCount++] = position;
    }

    /// Writes an extent and returns its position.
    public long append(byte[] source, int length) {
        space.checkCancelled();
        long position = end;
        file.write(position, source, 0, length);
        end += length;
        return position;
    }

    /// Reads what was written at `position`.
    public void read(long position, byte[] target, int length) {
        space.checkCancelled();
        file.read(position, target, 0, length);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            space.closed(this);
            file.close();
        }
    }
}
