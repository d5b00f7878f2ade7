package org.cladedb.exec;

import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillFile;
import org.cladedb.spill.SpillSpace;

/// Where an operator keeps rows: `work_mem` in memory, the rest on disk.
///
/// @param memory of the operator, or shared by some of its parts
/// @param counters of what it writes to disk
record WorkSpace(MemoryAccount memory, SpillSpace disk, SpillCounters counters) {
    /// Whether what is kept should go to disk.
    boolean isFull() {
        return SpillSpace.isFull(memory);
    }

    /// As [#isFull()], for one of several that share the memory: whether it keeps enough itself for
    /// that to be of use.
    boolean isFullBy(long usedBytes) {
        return isFull() && usedBytes * 16 >= memory.usedBytes();
    }

    /// A new temporary file.
    SpillFile open() {
        return disk.open(memory.workBytes());
    }

    void checkCancelled() {
        disk.checkCancelled();
    }
}
