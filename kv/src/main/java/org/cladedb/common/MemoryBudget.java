package org.cladedb.common;

/// Memory that somebody may take up to a limit. It counts bytes and holds none.
public interface MemoryBudget {
    /// Takes `bytes` if they are there.
    boolean tryTake(long bytes);

    /// Gives back what was taken.
    void give(long bytes);
}
