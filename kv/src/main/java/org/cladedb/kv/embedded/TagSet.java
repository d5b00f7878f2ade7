package org.cladedb.kv.embedded;

/// Which tags occur in a leaf, or below an inner page: a bit for each of the tags 0 to 62, and one
/// for everything else, which no scan leaves out.
final class TagSet {
    /// Of what nothing is known.
    static final long ALL = -1;

    private static final int OTHERS_BIT = 63;
    private static final long OTHERS = 1L << OTHERS_BIT;

    private TagSet() {}

    static long of(byte tag) {
        return tag >= 0 && tag < OTHERS_BIT ? 1L << tag : OTHERS;
    }

    /// Of all entries of a leaf.
    static long ofLeaf(byte[] page) {
        int tags = LeafPage.tagsStart(page);
        int count = PageFormat.entries(page);
        long set = 0;
        for (int index = 0; index < count; index++) {
            set |= of(page[tags + index]);
        }
        return set;
    }

    /// Of all children of an inner page.
    static long ofInner(byte[] page) {
        int count = PageFormat.entries(page);
        long set = 0;
        for (int index = 0; index < count; index++) {
            set |= InnerPage.tags(page, index);
        }
        return set;
    }

    /// Whether a scan for the tags of a mask ([org.cladedb.kv.ScanOptions#valueTags()]) has to
    /// look.
    static boolean wants(long valueTags, long set) {
        return (set & (valueTags | OTHERS)) != 0;
    }
}
