package org.cladedb.kv;

/// How a range is read.
///
/// @param reverse from the last key to the first
/// @param entriesMax at most this many entries in all; a hint that engines use to read less
/// @param readAhead whether the caller expects to read the whole range
/// @param valueTags a hint: entries whose value starts with a byte `b` below 64 whose bit `b` is
///   not set here are not wanted. Engines may leave them out, and should leave out all but one when
///   a whole stretch of what they read is unwanted, so that the caller can skip
public record ScanOptions(boolean reverse, long entriesMax, boolean readAhead, long valueTags) {
    /// All entries are wanted.
    public static final long ALL_TAGS = -1;

    public static final ScanOptions FORWARD = new ScanOptions(false, Long.MAX_VALUE, true);
    public static final ScanOptions REVERSE = new ScanOptions(true, Long.MAX_VALUE, true);

    public ScanOptions(boolean reverse, long entriesMax, boolean readAhead) {
        this(reverse, entriesMax, readAhead, ALL_TAGS);
    }

    /// Forward, for at most `entriesMax` entries.
    public static ScanOptions limit(long entriesMax) {
        return new ScanOptions(false, entriesMax, false);
    }

    /// The same for values that start with certain bytes.
    public ScanOptions withTags(long tags) {
        return new ScanOptions(reverse, entriesMax, readAhead, tags);
    }

    /// Whether an entry whose value starts with `first` is wanted.
    public boolean wants(byte first) {
        return (first & 0xC0) != 0 || (valueTags >>> first & 1) != 0;
    }
}
