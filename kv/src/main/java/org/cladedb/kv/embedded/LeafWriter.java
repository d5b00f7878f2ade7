package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lays entries out in as few leaves as reasonable.
///
/// One leaf, if they fit. Otherwise equal shares, except where inserts ascend: then every leaf but
/// the last is filled, and a run of inserts inside a leaf splits it right behind the newest, so
/// that pages of ascending keys end up full.
final class LeafWriter {
    private static final int CAPACITY = PageReference.BLOCK_BYTES;

    private final PageLedger ledger;
    private final LeafEntries entries;

    LeafWriter(PageLedger ledger, LeafEntries entries) {
        this.ledger = ledger;
        this.entries = entries;
    }

    /// Writes all entries; the first leaf gets `separator`.
    ///
    /// @param insertPosition where a single insert went, or [PageFormat#NO_INSERT_POSITION]
    /// @param ascending whether that continues a run of inserts, or most entries are new
    List<Child> write(byte[] separator, int insertPosition, boolean ascending) {
        List<Child> leaves = new ArrayList<>(1);
        int size = entries.size();
        int from = 0;
        byte[] lower = separator;
        int share = share(ascending);
        while (from < size) {
            int to = end(from, share);
            boolean splitsBehindInsert =
                    ascending && to < size && insertPosition >= from && insertPosition + 1 < to;
            if (splitsBehindInsert) {
                to = insertPosition + 1;
            }
            boolean holdsInsert = insertPosition >= from && insertPosition < to;
            int position = holdsInsert ? insertPosition - from : PageFormat.NO_INSERT_POSITION;
            leaves.add(writeLeaf(lower, from, to, position));
            if (to < size) {
                lower = separatorBetween(to - 1, to);
            }
            from = to;
        }
        return leaves;
    }

    /// Writes all leaves but the last, each as full as possible, and returns the first entry that
    /// is left over.
    ///
    /// @param target takes the leaves; the first gets `separator` unless others are before it
    int writeFull(byte[] separator, List<Child> target) {
        int from = 0;
        while (true) {
            int to = end(from, CAPACITY);
            if (to == entries.size()) {
                return from;
            }
            byte[] lower = from == 0 ? separator : separatorBetween(from - 1, from);
            target.add(writeLeaf(lower, from, to, PageFormat.NO_INSERT_POSITION));
            from = to;
        }
    }

    /// How many bytes to put into each leaf.
    private int share(boolean ascending) {
        if (ascending) {
            return CAPACITY;
        }
        int total = 0;
        for (int index = 0; index < entries.size(); index++) {
            total += entries.bytes(index);
        }
        int saved = entries.size() == 0 ? 0 : entries.commonPrefix(0, entries.size() - 1);
        long packed = (long) total - (long) saved * (entries.size() - 1);
        int room = CAPACITY - PageFormat.HEADER_BYTES;
        long leaves = (packed + room - 1) / room;
        return leaves <= 1
                ? CAPACITY
                : (int) Math.min(CAPACITY, packed / leaves + PageFormat.HEADER_BYTES + 1);
    }

    /// The end of the longest run of entries from `from` on that takes no more than `share` bytes.
    private int end(int from, int share) {
        int prefix = entries.keyLength(from);
        int raw = entries.bytes(from);
        int to = from + 1;
        while (to < entries.size()) {
            int newPrefix = Math.min(prefix, entries.commonPrefix(from, to));
            int newRaw = raw + entries.bytes(to);
            long used = PageFormat.HEADER_BYTES + newRaw - (long) newPrefix * (to - from);
            // A share is a goal, met by the entry that reaches it; the capacity is a limit.
            boolean fits = used <= CAPACITY;
            boolean wanted =
                    PageFormat.HEADER_BYTES + raw - (long) prefix * (to - from - 1) < share;
            if (!fits || !wanted) {
                break;
            }
            prefix = newPrefix;
            raw = newRaw;
            to++;
        }
        return to;
    }

    private Child writeLeaf(byte[] separator, int from, int to, int insertPosition) {
        int count = to - from;
        int prefixLength = entries.commonPrefix(from, to - 1);
        int raw = 0;
        for (int index = from; index < to; index++) {
            raw += entries.bytes(index);
        }
        int used = PageFormat.HEADER_BYTES + raw - prefixLength * (count - 1);
        byte[] page = ledger.newPage(PageReference.blocksFor(used));
        PageFormat.writeHeader(page, PageFormat.KIND_LEAF, 0, count, ledger.sequence());
        PageFormat.writeLayout(page, prefixLength, used);
        PageFormat.writeInsertPosition(page, insertPosition);
        byte[] keys = entries.keys();
        int tags = LeafPage.tagsStart(page);
        int fingerprints = LeafPage.fingerprintsStart(page);
        int position = LeafPage.prefixStart(page);
        System.arraycopy(keys, entries.keyStart(from), page, position, prefixLength);
        position += prefixLength;
        boolean anyLarge = false;
        long tagSet = 0;
        for (int index = from; index < to; index++) {
            int suffixLength = entries.keyLength(index) - prefixLength;
            int valueLength = entries.valueLength(index);
            boolean isLarge = entries.isLarge(index);
            anyLarge |= isLarge;
            LeafPage.setSlot(
                    page,
                    index - from,
                    position,
                    suffixLength,
                    isLarge ? LeafPage.LARGE : valueLength);
            byte tag = entries.tag(index);
            page[tags + index - from] = tag;
            page[fingerprints + index - from] = entries.fingerprint(index);
            tagSet |= TagSet.of(tag);
            System.arraycopy(
                    keys, entries.keyStart(index) + prefixLength, page, position, suffixLength);
            position += suffixLength;
            System.arraycopy(
                    entries.value(index), entries.valueStart(index), page, position, valueLength);
            position += valueLength;
        }
        Arrays.fill(page, position, page.length, (byte) 0);
        long reference = ledger.create(page);
        return new Child(
                separator, anyLarge ? PageReference.withLargeValues(reference) : reference, tagSet);
    }

    /// The shortest key above entry `left` and not above entry `right`.
    byte[] separatorBetween(int left, int right) {
        int start = entries.keyStart(right);
        int length = entries.commonPrefix(left, right) + 1;
        return Arrays.copyOfRange(entries.keys(), start, start + length);
    }
}
