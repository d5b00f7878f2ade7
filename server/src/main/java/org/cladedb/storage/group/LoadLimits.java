package org.cladedb.storage.group;

/// When entries are loaded in bulk, and what that may hold in memory.
///
/// @param loadBytesMin entries of fewer bytes are better off in the transaction's buffer: a load
///   ends with a checkpoint
/// @param sortBytesMax what sorting the entries of one key space holds in memory
public record LoadLimits(long loadBytesMin, long sortBytesMax) {
    public static final LoadLimits DEFAULT = new LoadLimits(4L * 1024 * 1024, 16L * 1024 * 1024);
}
