package org.cladedb.kv.embedded;

import org.cladedb.common.BigEndian;
import org.cladedb.kv.ScanOptions;

/// Searches the tags of a leaf, eight at a time when a single tag is wanted.
final class LeafTags {
    private static final long EACH_LOW_BIT = 0x0101010101010101L;
    private static final long EACH_HIGH_BIT = 0x8080808080808080L;
    private static final long EACH_NO_TAG_BITS = 0xC0C0C0C0C0C0C0C0L;

    private LeafTags() {}

    /// The first wanted entry at or after `from`, or `stop`.
    static int next(byte[] page, int from, int stop, ScanOptions options) {
        int tags = LeafPage.tagsStart(page);
        int end = tags + stop;
        int at = tags + from;
        long wanted = options.valueTags();
        if (Long.bitCount(wanted) == 1) {
            at = skipWords(page, at, end, EACH_LOW_BIT * Long.numberOfTrailingZeros(wanted));
        }
        while (at < end && !options.wants(page[at])) {
            at++;
        }
        return at - tags;
    }

    /// Passes words without the tag that `pattern` repeats and without entries that have no tag.
    private static int skipWords(byte[] page, int from, int end, long pattern) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = BigEndian.getLong(page, at);
            long difference = word ^ pattern;
            long zeros = (difference - EACH_LOW_BIT) & ~difference & EACH_HIGH_BIT;
            if ((zeros | (word & EACH_NO_TAG_BITS)) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /// The first wanted entry at or before `from`, or `stop`, which lies before it.
    static int previous(byte[] page, int from, int stop, ScanOptions options) {
        int tags = LeafPage.tagsStart(page);
        int at = from;
        while (at > stop && !options.wants(page[tags + at])) {
            at--;
        }
        return at;
    }
}
