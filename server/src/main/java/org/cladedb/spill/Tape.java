package org.cladedb.spill;

import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.cladedb.memory.MemoryAccount;

/// Records in a [SpillFile], written one after the other and then read from the beginning, as often
/// as wanted. A record is its length in four bytes and its bytes, wherever blocks end.
///
/// Calls: any number of `append`, `finish`, then readers. A buffer of one block is held from the
/// first record until `finish`.
public final class Tape {
    private final SpillFile file;
    private final MemoryAccount memory;
    private final byte[] header = new byte[Integer.BYTES];
    private byte[] buffer = {};
    private int used;
    private long[] blocks = {};
    private int blockCount;
    private int lastBytes;
    private long records;
    private long bytes;

    public Tape(SpillFile file, MemoryAccount memory) {
        this.file = file;
        this.memory = memory;
    }

    /// How many records there are.
    public long records() {
        return records;
    }

    /// How many bytes they have together.
    public long bytes() {
        return bytes;
    }

    public void append(byte[] source, int length) {
        append(source, 0, length);
    }

    public void append(byte[] source, int offset, int length) {
        if (used + Integer.BYTES <= buffer.length) {
            BigEndian.putInt(buffer, used, length);
            used += Integer.BYTES;
        } else {
            BigEndian.putInt(header, 0, length);
            put(header, 0, Integer.BYTES);
        }
        put(source, offset, length);
        records++;
        bytes += length;
    }

    private void put(byte[] source, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (used == buffer.length) {
                nextBlock();
            }
            int part = Math.min(end - at, buffer.length - used);
            System.arraycopy(source, at, buffer, used, part);
            at += part;
            used += part;
        }
    }

    private void nextBlock() {
        if (buffer.length == 0) {
            memory.reserve(file.blockBytes());
            buffer = new byte[file.blockBytes()];
        } else {
            writeBuffer();
        }
        used = 0;
    }

    private void writeBuffer() {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(4, blockCount * 2));
        }
        blocks[blockCount++] = file.writeBlock(buffer, used);
        lastBytes = used;
    }

    /// Writes what is in the buffer, and gives that back.
    public void finish() {
        if (buffer.length > 0) {
            writeBuffer();
            memory.release(buffer.length);
            buffer = new byte[0];
            used = 0;
        }
    }

    /// Gives the buffer back without writing it: nobody will read the tape.
    public void discard() {
        memory.release(buffer.length);
        buffer = new byte[0];
        used = 0;
    }

    /// A reader from the first record on.
    public Reader reader() {
        return new Reader(this, false);
    }

    /// A reader from the first record on; the blocks that it has read can be written anew.
    public Reader lastReader() {
        return new Reader(this, true);
    }

    /// Reads a tape. Holds a buffer of one block until it is closed. Records stay what they are as
    /// long as somebody has their array.
    public static final class Reader implements AutoCloseable {
        private final Tape tape;
        private final boolean frees;
        private byte[] block = {};
        private int blockLength;
        private int position;
        private int nextBlock;
        private long left;
        private byte[] record = {};
        private int offset;
        private int length;

        private Reader(Tape tape, boolean frees) {
            this.tape = tape;
            this.frees = frees;
            left = tape.records;
        }

        /// Goes on to the next record; false at the end.
        public boolean next() {
            if (left == 0) {
                close();
                return false;
            }
            left--;
            take(Integer.BYTES);
            int size = BigEndian.getInt(record, offset);
            take(size);
            return true;
        }

        /// The array that holds the record, from [#offset()] on.
        public byte[] array() {
            return record;
        }

        public int offset() {
            return offset;
        }

        public int length() {
            return length;
        }

        private void take(int size) {
            length = size;
            if (size <= blockLength - position) {
                record = block;
                offset = position;
                position += size;
                return;
            }
            byte[] assembled = new byte[size];
            int at = 0;
            while (at < size) {
                if (position == blockLength) {
                    load();
                }
                int part = Math.min(size - at, blockLength - position);
                System.arraycopy(block, position, assembled, at, part);
                at += part;
                position += part;
            }
            record = assembled;
            offset = 0;
        }

        private void load() {
            if (block.length == 0) {
                tape.memory.reserve(tape.file.blockBytes());
            }
            // Not the same array again: cells that share its bytes may be those of constants.
            block = new byte[tape.file.blockBytes()];
            boolean isLast = nextBlock == tape.blockCount - 1;
            blockLength = isLast ? tape.lastBytes : block.length;
            tape.file.read(tape.blocks[nextBlock], block, blockLength);
            if (frees) {
                tape.file.freeBlock(tape.blocks[nextBlock]);
            }
            nextBlock++;
            position = 0;
        }

        /// Gives the buffer back. The record read last stays valid.
        @Override
        public void close() {
            tape.memory.release(block.length);
            block = new byte[0];
            blockLength = 0;
            position = 0;
            left = 0;
        }
    }
}
