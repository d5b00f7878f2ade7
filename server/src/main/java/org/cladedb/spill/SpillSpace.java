package org.cladedb.spill;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.jspecify.annotations.Nullable;

/// The temporary files of one plan. Owned by the statement's thread.
///
/// Calls: `begin`, any number of `open`, `end`; then `begin` again.
public final class SpillSpace {
    private static final int BLOCK_BYTES_MIN = 8 << 10;
    private static final int BLOCK_BYTES_MAX = 64 << 10;

    /// How many blocks of a file fit in `work_mem`, if they can be as large as that asks for.
    private static final int BLOCKS_IN_MEMORY = 128;

    private final List<SpillFile> files = new ArrayList<>(0);
    private @Nullable SpillHost host;

    /// Starts an execution.
    public void begin(SpillHost newHost) {
        host = newHost;
    }

    /// Ends the execution and removes the files that are left.
    public void end() {
        for (SpillFile file : List.copyOf(files)) {
            file.close();
        }
        host = null;
    }

    /// Makes a file for an operator that may keep `workBytes` in memory.
    public SpillFile open(long workBytes) {
        SpillFile file =
                new SpillFile(this, host().temporaryFiles().create(), blockBytes(workBytes));
        files.add(file);
        return file;
    }

    private SpillHost host() {
        SpillHost current = host;
        if (current == null) {
            throw new IllegalStateException("the plan is not open");
        }
        return current;
    }

    /// Throws when the statement is to end; for long loops.
    public void checkCancelled() {
        host().checkCancelled();
    }

    void closed(SpillFile file) {
        files.remove(file);
    }

    static int blockBytes(long workBytes) {
        return Math.clamp(workBytes / BLOCKS_IN_MEMORY, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX);
    }

    /// Whether the holder of an account should write what it keeps to disk. Not before it has what
    /// makes a few blocks, however little memory is left.
    public static boolean isFull(MemoryAccount memory) {
        return memory.usedBytes() >= 4 * BLOCK_BYTES_MIN && !memory.tryReserve(0);
    }
}
