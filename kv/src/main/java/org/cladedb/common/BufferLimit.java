package org.cladedb.common;

/// Is asked before a large buffer grows.
@FunctionalInterface
public interface BufferLimit {
    /// Returns if a buffer that holds `size` bytes may take `more`, for which it will allocate
    /// `capacity`; throws otherwise.
    void allow(long size, long more, long capacity);
}
