package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// Reads every page of the tree that a header refers to, and says what is wrong with it.
///
/// A page that cannot be read is reported and passed over with all that is below it.
final class TreeCheck {
    private static final int PROBLEMS_MAX = 100;

    /// What the parent says of a page.
    ///
    /// @param level its level, or -1 of the root
    /// @param lower no key is below it
    /// @param upper all keys are below it; null has no bound
    /// @param birth it is not younger than this commit
    /// @param tags exactly these occur below it; of the root nothing is said
    private record Expected(
            int level, byte[] lower, byte @Nullable [] upper, long birth, long tags) {}

    private final PageStore pages;
    private final DataHeader header;
    private final List<String> problems;
    private final Runnable meanwhile;
    private final BitSet used = new BitSet();
    private int levels;
    private long innerPages;
    private long leaves;
    private long entries;
    private long values;
    private long usedBytes;
    private long leafBytes;
    private final EntryChecksum checksum = new EntryChecksum();

    /// @param meanwhile called before every page
    TreeCheck(StoreFile file, DataHeader header, List<String> problems, Runnable meanwhile)
            throws IOException {
        this.pages =
                new PageStore(
                        new PageFile(file, DataFile.NAME),
                        new FreeSpace(new BitSet(), header.endBlock()),
                        EmbeddedOptions.CACHE_BYTES_MIN);
        this.header = header;
        this.problems = problems;
        this.meanwhile = meanwhile;
    }

    /// Blocks of headers, of the tree and of the list of free space.
    BitSet used() {
        return used;
    }

    int levels() {
        return levels;
    }

    long innerPages() {
        return innerPages;
    }

    long leaves() {
        return leaves;
    }

    long entries() {
        return entries;
    }

    long values() {
        return values;
    }

    /// Of all entries, in key order.
    long checksum() {
        return checksum.content(header.sequence()).checksum();
    }

    long usedBytes() {
        return usedBytes;
    }

    long leafBytes() {
        return leafBytes;
    }

    void run() {
        used.set(0, DataHeader.SLOTS);
        if (header.freeSpace() != PageReference.NONE) {
            claim(header.freeSpace());
        }
        if (header.root() != PageReference.NONE) {
            check(
                    header.root(),
                    new Expected(-1, new byte[0], null, header.sequence(), TagSet.ALL));
        }
    }

    private void check(long reference, Expected expected) {
        if (problems.size() >= PROBLEMS_MAX || !claim(reference)) {
            return;
        }
        meanwhile.run();
        byte[] page;
        try {
            page = pages.read(reference);
        } catch (CorruptionException e) {
            problems.add(String.valueOf(e.getMessage()));
            return;
        }
        if (!isAsExpected(reference, page, expected)) {
            return;
        }
        levels = Math.max(levels, PageFormat.level(page) + 1);
        if (PageFormat.kind(page) == PageFormat.KIND_LEAF) {
            checkLeaf(page, reference);
        } else {
            checkChildren(page, expected);
        }
    }

    private boolean isAsExpected(long reference, byte[] page, Expected expected) {
        int kind = PageFormat.kind(page);
        if (kind != PageFormat.KIND_LEAF && kind != PageFormat.KIND_INNER) {
            return problem(reference, "page of unexpected kind " + kind);
        }
        if (expected.level >= 0 && PageFormat.level(page) != expected.level) {
            return problem(reference, "page at the wrong level of the tree");
        }
        if (PageFormat.birth(page) > expected.birth) {
            return problem(reference, "page younger than what refers to it");
        }
        boolean isLeaf = kind == PageFormat.KIND_LEAF;
        long tags = isLeaf ? TagSet.ofLeaf(page) : TagSet.ofInner(page);
        if (expected.level >= 0 && tags != expected.tags) {
            return problem(reference, "page with other tags than its parent says");
        }
        String disorder = PageCheck.order(page);
        if (disorder != null) {
            return problem(reference, disorder);
        }
        if (!isWithin(page, expected)) {
            return problem(reference, "page with keys that belong elsewhere");
        }
        return true;
    }

    private static boolean isWithin(byte[] page, Expected expected) {
        boolean isLeaf = PageFormat.kind(page) == PageFormat.KIND_LEAF;
        int first = isLeaf ? 0 : 1;
        int last = PageFormat.entries(page) - 1;
        if (first > last) {
            return true;
        }
        byte[] upper = expected.upper;
        return Arrays.compareUnsigned(key(page, first), expected.lower) >= 0
                && (upper == null || Arrays.compareUnsigned(key(page, last), upper) < 0);
    }

    private static byte[] key(byte[] page, int index) {
        return PageFormat.kind(page) == PageFormat.KIND_LEAF
                ? LeafPage.copyKey(page, index)
                : InnerPage.separator(page, index);
    }

    private void checkChildren(byte[] page, Expected expected) {
        innerPages++;
        int count = PageFormat.entries(page);
        for (int index = 0; index < count; index++) {
            byte[] lower = index == 0 ? expected.lower : InnerPage.separator(page, index);
            byte[] upper =
                    index + 1 < count ? InnerPage.separator(page, index + 1) : expected.upper;
            check(
                    InnerPage.child(page, index),
                    new Expected(
                            PageFormat.level(page) - 1,
                            lower,
                            upper,
                            PageFormat.birth(page),
                            InnerPage.tags(page, index)));
        }
    }

    private void checkLeaf(byte[] page, long reference) {
        leaves++;
        leafBytes += page.length;
        usedBytes += PageFormat.used(page);
        entries += PageFormat.entries(page);
        for (int index = 0; index < PageFormat.entries(page); index++) {
            if (LeafPage.isLarge(page, index)) {
                if (!PageReference.hasLargeValues(reference)) {
                    problem(reference, "leaf with large values that its parent does not know of");
                }
                checkValue(page, index);
            } else {
                byte[] key = LeafPage.copyKey(page, index);
                int start = LeafPage.valueStart(page, index);
                int length = LeafPage.storedValueLength(page, index);
                checksum.add(key, 0, key.length, page, start, length);
            }
        }
    }

    private void checkValue(byte[] leaf, int index) {
        LargeValue value = LargeValue.read(leaf, LeafPage.valueStart(leaf, index));
        byte[] key = LeafPage.copyKey(leaf, index);
        values++;
        if (claim(value.reference())) {
            try {
                byte[] page = pages.loadValue(value);
                checksum.add(key, 0, key.length, page, PageFormat.HEADER_BYTES, value.length());
            } catch (CorruptionException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Whether the blocks are in the file and nothing else has them.
    private boolean claim(long reference) {
        long block = PageReference.block(reference);
        long end = block + PageReference.blocks(reference);
        if (end > header.endBlock()) {
            return problem(reference, "reference to a page beyond the end of the file");
        }
        int taken = used.nextSetBit((int) block);
        if (taken >= 0 && taken < end) {
            return problem(reference, "page that is used twice");
        }
        used.set((int) block, (int) end);
        return true;
    }

    /// Returns false, for callers that say the same.
    private boolean problem(long reference, String what) {
        problems.add(
                String.valueOf(pages.corrupt(PageReference.block(reference), what).getMessage()));
        return false;
    }
}
