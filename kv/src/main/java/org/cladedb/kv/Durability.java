package org.cladedb.kv;

/// What a commit waits for before it returns.
public enum Durability {
    /// The log is on stable storage: survives power loss.
    SYNC,
    /// The log will be written soon: a crash may lose the last moments, never consistency.
    ASYNC
}
