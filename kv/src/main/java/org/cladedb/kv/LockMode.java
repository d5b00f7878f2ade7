package org.cladedb.kv;

/// How a key is locked until the transaction ends.
public enum LockMode {
    /// Many holders at once; excludes [#EXCLUSIVE].
    SHARED,
    /// One holder.
    EXCLUSIVE
}
