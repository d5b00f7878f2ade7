package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.kv.ScanOptions;
import org.jspecify.annotations.Nullable;

/// Has the processor fetch what a scan for few rows will need of the next leaves.
///
/// Such a scan waits for memory several times in every leaf, each time for a place that only the
/// place before tells: header, tags, slots, entries. Here each of these is touched in several
/// leaves before the next one is asked for, so that the processor waits for many places at once.
///
/// Belongs to one cursor. Keeps no leaf when a call has returned.
final class LeavesAhead {
    private static final byte[] NONE = {};
    private static final int LEAVES = 8;
    private static final int LINE_BYTES = 64;

    /// A leaf of which more than one entry in so many is wanted is read nearly whole anyway.
    private static final int SPARSE = 8;

    private final PageStore pages;
    private final ScanOptions options;
    private final int step;
    private final byte[][] leaves = new byte[LEAVES][];
    private int count;
    // The wanted entries of all the leaves, and by leaf the end of its own among them.
    private int[] entries = new int[LEAVES * 4];
    private final int[] entriesEnd = new int[LEAVES];

    // Leaves below this inner page were touched up to, but without, the child.
    private byte @Nullable [] parent;
    private int end;
    private boolean sparse;

    @SuppressWarnings("UnusedVariable") // Keeps the compiler from leaving the touches out.
    private int touched;

    LeavesAhead(PageStore pages, ScanOptions options) {
        this.pages = pages;
        this.options = options;
        this.step = options.reverse() ? -1 : 1;
        Arrays.fill(leaves, NONE);
    }

    /// Touches the leaves that come from child `child` of `above` on, unless that was done before;
    /// returns whether few of their entries are wanted.
    @SuppressWarnings("ReferenceEquality") // The page itself, not one with equal bytes.
    boolean touch(byte[] above, int child) {
        if (above == parent && step * (end - child) > 0) {
            return sparse;
        }
        parent = above;
        end = find(above, child);
        int sum = touchTags();
        sparse = isSparse();
        if (sparse) {
            sum += touchSlots();
            sum += touchEntries();
        }
        touched += sum;
        Arrays.fill(leaves, 0, count, NONE);
        return sparse;
    }

    /// Looks up those that are in memory; returns the child behind the last one.
    private int find(byte[] above, int child) {
        int children = PageFormat.entries(above);
        int next = child;
        count = 0;
        for (int ahead = 0; ahead < LEAVES && next >= 0 && next < children; ahead++) {
            if (TagSet.wants(options.valueTags(), InnerPage.tags(above, next))) {
                byte[] page = pages.peek(InnerPage.child(above, next));
                if (page != null && PageFormat.kind(page) == PageFormat.KIND_LEAF) {
                    leaves[count++] = page;
                }
            }
            next += step;
        }
        return next;
    }

    private int touchTags() {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            byte[] leaf = leaves[i];
            int stop = LeafPage.fingerprintsStart(leaf);
            for (int at = LeafPage.tagsStart(leaf); at < stop; at += LINE_BYTES) {
                sum += leaf[at];
            }
            sum += leaf[LeafPage.prefixStart(leaf)];
        }
        return sum;
    }

    /// Finds the wanted entries, and whether they are few in the first leaf with any.
    private boolean isSparse() {
        int found = 0;
        for (int i = 0; i < count; i++) {
            byte[] leaf = leaves[i];
            int stop = PageFormat.entries(leaf);
            int before = found;
            int most = before + stop / SPARSE + 1;
            int entry = LeafTags.next(leaf, 0, stop, options);
            while (entry < stop) {
                if (found == most) {
                    return false;
                }
                if (found == entries.length) {
                    entries = Arrays.copyOf(entries, 2 * found);
                }
                entries[found++] = entry;
                entry = LeafTags.next(leaf, entry + 1, stop, options);
            }
            entriesEnd[i] = found;
        }
        return true;
    }

    private int touchSlots() {
        int sum = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            byte[] leaf = leaves[i];
            while (at < entriesEnd[i]) {
                sum += LeafPage.suffixLength(leaf, entries[at++]);
            }
        }
        return sum;
    }

    private int touchEntries() {
        int sum = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            byte[] leaf = leaves[i];
            while (at < entriesEnd[i]) {
                int start = LeafPage.keyStart(leaf, entries[at++]);
                // An only key is all prefix, and with an empty value may end a full page.
                sum += start < leaf.length ? leaf[start] : 0;
            }
        }
        return sum;
    }
}
