package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lays children out in inner pages of one level.
final class InnerWriter {
    private static final int CAPACITY = PageReference.BLOCK_BYTES;

    /// A page with fewer children grows beyond a block instead of being split, so that every level
    /// has far fewer pages than the one below however long the keys are.
    private static final int SPLIT_CHILDREN_MIN = 6;

    private final PageLedger ledger;

    InnerWriter(PageLedger ledger) {
        this.ledger = ledger;
    }

    /// Writes pages over `children`.
    ///
    /// @param ascending whether to fill all pages but the last, because keys are added at the end
    List<Child> write(List<Child> children, int level, boolean ascending) {
        List<Child> result = new ArrayList<>(1);
        int size = children.size();
        int from = 0;
        int share = share(children, ascending);
        while (from < size) {
            int to = end(children, from, share);
            if (size - to == 1 && to - from > 2) {
                // Nobody wants a page over a single child.
                to--;
            }
            result.add(writePage(children.subList(from, to), level));
            from = to;
        }
        return result;
    }

    private static int share(List<Child> children, boolean ascending) {
        int total = used(children, 0, children.size());
        if (ascending || total <= CAPACITY) {
            return CAPACITY;
        }
        int room = CAPACITY - PageFormat.HEADER_BYTES;
        int count = (total + room - 1) / room;
        return total / count + PageFormat.HEADER_BYTES;
    }

    private static int end(List<Child> children, int from, int share) {
        int to = Math.min(children.size(), from + SPLIT_CHILDREN_MIN / 2);
        int raw = 0;
        for (int index = from + 1; index < to; index++) {
            raw += children.get(index).separator().length;
        }
        while (to < children.size()) {
            int prefix = commonPrefix(children, from + 1, to);
            int count = to + 1 - from;
            int newRaw = raw + children.get(to).separator().length;
            int used =
                    PageFormat.HEADER_BYTES
                            + count * InnerPage.CHILD_BYTES
                            + newRaw
                            - prefix * Math.max(0, count - 2);
            if (used > share && to - from >= SPLIT_CHILDREN_MIN / 2) {
                break;
            }
            raw = newRaw;
            to++;
        }
        return to;
    }

    private static int used(List<Child> children, int from, int to) {
        int count = to - from;
        int raw = 0;
        for (int index = from + 1; index < to; index++) {
            raw += children.get(index).separator().length;
        }
        int prefix = count < 2 ? 0 : commonPrefix(children, from + 1, to - 1);
        return PageFormat.HEADER_BYTES
                + count * InnerPage.CHILD_BYTES
                + raw
                - prefix * Math.max(0, count - 2);
    }

    private static int commonPrefix(List<Child> children, int first, int last) {
        byte[] one = children.get(first).separator();
        byte[] other = children.get(last).separator();
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    private Child writePage(List<Child> children, int level) {
        int count = children.size();
        int used = used(children, 0, count);
        byte[] page = ledger.newPage(PageReference.blocksFor(used));
        int prefixLength = count < 2 ? 0 : commonPrefix(children, 1, count - 1);
        PageFormat.writeHeader(page, PageFormat.KIND_INNER, level, count, ledger.sequence());
        PageFormat.writeLayout(page, prefixLength, used);
        int position = InnerPage.prefixStart(count);
        if (prefixLength > 0) {
            System.arraycopy(children.get(1).separator(), 0, page, position, prefixLength);
            position += prefixLength;
        }
        boolean anyLarge = false;
        long tags = 0;
        for (int index = 0; index < count; index++) {
            Child child = children.get(index);
            anyLarge |= PageReference.hasLargeValues(child.reference());
            tags |= child.tags();
            InnerPage.setChild(page, count, index, child.reference(), child.tags());
            int suffixLength = index == 0 ? 0 : child.separator().length - prefixLength;
            InnerPage.setSlot(page, count, index, position, suffixLength);
            if (suffixLength > 0) {
                System.arraycopy(child.separator(), prefixLength, page, position, suffixLength);
                position += suffixLength;
            }
        }
        Arrays.fill(page, position, page.length, (byte) 0);
        long reference = ledger.create(page);
        return new Child(
                children.getFirst().separator(),
                anyLarge ? PageReference.withLargeValues(reference) : reference,
                tags);
    }
}
