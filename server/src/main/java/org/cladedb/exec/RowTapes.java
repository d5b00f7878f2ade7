package org.cladedb.exec;

import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillFile;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;

/// Rows divided by their hashes into tapes of one file. A record is the hash in four bytes, a byte
/// that says whether the row has a key at all, and the row.
final class RowTapes {
    static final int HEADER_BYTES = Integer.BYTES + 1;

    private static final int TAPES_MIN = 4;
    private static final int TAPES_MAX = 32;

    // Odd, so that multiplying loses nothing; another one for each time that rows are divided.
    private static final int[] MULTIPLIERS = {
        0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD168AAAD, 0xAF723597
    };

    private final RowBytes rowBytes;
    private final Tape[] tapes;
    private final int multiplier;
    private final int shift;
    private final ByteWriter record = new ByteWriter();

    /// @param level how often the rows were divided before
    RowTapes(SpillFile file, RowBytes rowBytes, int level, MemoryAccount memory) {
        this.rowBytes = rowBytes;
        int count = count(file, memory);
        multiplier = MULTIPLIERS[level % MULTIPLIERS.length];
        shift = Integer.SIZE - Integer.numberOfTrailingZeros(count);
        tapes = new Tape[count];
        for (int i = 0; i < count; i++) {
            tapes[i] = new Tape(file, memory);
        }
    }

    /// As many as have their buffers in a quarter of the memory; a power of two.
    private static int count(SpillFile file, MemoryAccount memory) {
        long fitting = memory.workBytes() / 4 / file.blockBytes();
        return Integer.highestOneBit(Math.clamp(fitting, TAPES_MIN, TAPES_MAX));
    }

    int count() {
        return tapes.length;
    }

    Tape tape(int index) {
        return tapes[index];
    }

    /// Appends a row to the tape that its hash belongs to; one without a key to the first.
    void add(int hash, boolean hasKey, Datum[] row) {
        record.clear();
        record.writeInt(hash);
        record.writeByte(hasKey ? 1 : 0);
        rowBytes.append(row, record);
        tapeOf(hash, hasKey).append(record.array(), record.size());
    }

    /// Which tape rows of this hash are on.
    Tape tapeOf(int hash, boolean hasKey) {
        return tapes[hasKey ? (hash * multiplier) >>> shift : 0];
    }

    /// Gives buffers back without writing them.
    void discard() {
        for (Tape tape : tapes) {
            tape.discard();
        }
    }

    /// Ends writing.
    void finish() {
        for (Tape tape : tapes) {
            tape.finish();
        }
    }
}
