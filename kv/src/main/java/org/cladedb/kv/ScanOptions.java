package org.cladedb.kv;

/// How a range is read.
///
/// @param reverse from the last key to the first
/// @param entriesMax at most this many entries in all; a hint that engines use to read less
/// @param readAhead whether the caller expects to read the whole range
public record ScanOptions(boolean reverse, long entriesMax, boolean readAhead) {
    public static final ScanOptions FORWARD = new ScanOptions(false, Long.MAX_VALUE, true);
    public static final ScanOptions REVERSE = new ScanOptions(true, Long.MAX_VALUE, true);

    /// Forward, for at most `entriesMax` entries.
    public static ScanOptions limit(long entriesMax) {
        return new ScanOptions(false, entriesMax, false);
    }
}
