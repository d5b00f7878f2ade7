package org.cladedb.storage.group;

import java.util.Arrays;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.encoding.RowLayout;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Reads rows of several tables from a range of a group's space.
final class GroupScan implements GroupCursor {
    private static final int FOREIGN_ROWS_MAX = 64;

    private final RowDecoder[] decoders;

    /// By ordinal: the member, -1 for tables not asked for.
    private final int[] memberOfOrdinal;

    /// By member: whether others are below it, so that its key is remembered.
    private final boolean[] isAncestor;

    /// By member: the key of its last row, in the first `lastKeyLengths[member]` bytes; -1 for
    /// none.
    private final byte[][] lastKeys;

    private final int[] lastKeyLengths;
    private final WorkCounters counters;
    private final RangeCursor cursor;
    private final EntryBatch batch;

    private int index = -1;
    private int size;
    private int member = -1;
    private int foreignRows;
    private boolean ended;
    private byte @Nullable [] skipEnd;

    GroupScan(
            ReadView view,
            KeyRange range,
            List<MemberRead> members,
            TableFormats formats,
            WorkCounters counters) {
        int count = members.size();
        decoders = new RowDecoder[count];
        isAncestor = new boolean[count];
        lastKeys = new byte[count][64];
        lastKeyLengths = new int[count];
        Arrays.fill(lastKeyLengths, -1);
        int ordinalMax = 0;
        for (int i = 0; i < count; i++) {
            MemberRead read = members.get(i);
            decoders[i] = new RowDecoder(formats.of(read.table()), read.slots());
            ordinalMax = Math.max(ordinalMax, read.table().ordinal());
            isAncestor[i] = hasDescendant(members, read.table().oid());
        }
        memberOfOrdinal = new int[ordinalMax + 1];
        Arrays.fill(memberOfOrdinal, -1);
        for (int i = 0; i < count; i++) {
            memberOfOrdinal[members.get(i).table().ordinal()] = i;
        }
        this.counters = counters;
        long tags = 0;
        for (RowDecoder decoder : decoders) {
            tags |= decoder.format.valueTag();
        }
        boolean all = count == decoders[0].format.group.members().size();
        cursor = view.scan(range, all ? ScanOptions.FORWARD : ScanOptions.FORWARD.withTags(tags));
        batch = cursor.batch();
        counters.rangesOpened++;
    }

    private static boolean hasDescendant(List<MemberRead> members, int oid) {
        for (MemberRead read : members) {
            boolean below =
                    read.table().oid() != oid
                            && read.table().hkey().segments().stream()
                                    .anyMatch(segment -> segment.tableOid() == oid);
            if (below) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean next() {
        int at = index + 1;
        while (true) {
            if (at >= size) {
                if (!nextBatch()) {
                    return false;
                }
                at = 0;
            }
            if (skipEnd != null && !passedSkip(at)) {
                at = foreign(at);
                continue;
            }
            int ordinal = RowLayout.ordinal(batch.valueArray(at), batch.valueOffset(at));
            int found = ordinal < memberOfOrdinal.length ? memberOfOrdinal[ordinal] : -1;
            if (found >= 0) {
                index = at;
                member = found;
                foreignRows = 0;
                counters.rowsRead++;
                if (isAncestor[found]) {
                    remember(found, at);
                }
                return true;
            }
            at = foreign(at);
        }
    }

    private boolean nextBatch() {
        Cancellation.check();
        if (ended || !cursor.next()) {
            ended = true;
            index = 0;
            size = 0;
            return false;
        }
        size = batch.size();
        counters.keysRead += size;
        counters.bytesRead += TableScan.bytes(batch);
        return true;
    }

    /// Whether the row has left the subtree to be skipped.
    private boolean passedSkip(int at) {
        byte[] end = skipEnd;
        int from = batch.keyOffset(at);
        boolean passed =
                end != null
                        && Arrays.compareUnsigned(
                                        batch.keys(),
                                        from,
                                        from + batch.keyLength(at),
                                        end,
                                        0,
                                        end.length)
                                >= 0;
        if (passed) {
            skipEnd = null;
        }
        return passed;
    }

    /// Passes over a row that nobody asked for; returns the next index to look at.
    private int foreign(int at) {
        if (++foreignRows < FOREIGN_ROWS_MAX && size > 1) {
            return at + 1;
        }
        foreignRows = 0;
        byte[] target = skipEnd != null ? skipEnd : nearestTarget(batch.copyKey(at));
        if (target == null) {
            return at + 1;
        }
        if (target.length == 0) {
            ended = true;
        } else {
            cursor.skipTo(target);
            counters.rangesOpened++;
        }
        return size;
    }

    /// The smallest key at or after `key` that any member's rows can have; null when that is right
    /// here, empty when there is none.
    private byte @Nullable [] nearestTarget(byte[] key) {
        byte[] nearest = {};
        for (RowDecoder decoder : decoders) {
            byte[] target = SubtreeSkip.forward(decoder.format, key);
            if (target == null) {
                return null;
            }
            if (nearest.length == 0
                    || (target.length > 0 && Arrays.compareUnsigned(target, nearest) < 0)) {
                nearest = target;
            }
        }
        return nearest;
    }

    private void remember(int found, int at) {
        int length = batch.keyLength(at);
        byte[] last = lastKeys[found];
        if (last.length < length) {
            last = new byte[Math.max(length, 2 * last.length)];
            lastKeys[found] = last;
        }
        System.arraycopy(batch.keys(), batch.keyOffset(at), last, 0, length);
        lastKeyLengths[found] = length;
    }

    @Override
    public int member() {
        return member;
    }

    @Override
    public void read(Datum[] out) {
        int at = index;
        decoders[member].decode(
                batch.keys(),
                batch.keyOffset(at),
                batch.keyLength(at),
                batch.valueArray(at),
                batch.valueOffset(at),
                batch.valueLength(at),
                out);
    }

    @Override
    public boolean isBelow(int ancestorMember) {
        int length = lastKeyLengths[ancestorMember];
        int from = batch.keyOffset(index);
        return length >= 0
                && ancestorMember != member
                && batch.keyLength(index) > length
                && Arrays.equals(
                        batch.keys(), from, from + length, lastKeys[ancestorMember], 0, length);
    }

    @Override
    public void skipDescendants() {
        byte[] end = KeyRange.successorOfPrefix(batch.copyKey(index));
        if (end == null) {
            ended = true;
            size = 0;
            index = 0;
        } else {
            skipEnd = end;
        }
    }

    @Override
    public void close() {
        ended = true;
        cursor.close();
    }
}
