package org.cladedb.memory;

import org.jspecify.annotations.Nullable;

/// Where memory is taken from.
sealed interface MemorySource permits MemoryAccount, SessionMemory {
    /// Which limit was in the way, as the user is told.
    record Refusal(String detail) {
        static Refusal byStatement(long limitBytes) {
            return new Refusal(
                    "What one statement may hold in memory, %d kB (statement_memory_limit), is used up."
                            .formatted(limitBytes / 1024));
        }

        static Refusal byServer(long limitBytes) {
            return new Refusal(
                    "What all statements together may hold in memory, %d kB (server_memory_limit), is used up."
                            .formatted(limitBytes / 1024));
        }
    }

    /// Takes `bytes` and returns null, or takes nothing and says which limit is in the way.
    ///
    /// @param spare whether the taker can do without
    @Nullable Refusal take(long bytes, boolean spare);

    /// Gives back `bytes` that were taken.
    void release(long bytes);
}
