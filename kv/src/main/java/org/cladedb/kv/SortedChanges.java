package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// For engines: the mutations of a commit in the order that is best to apply: first the range
/// deletions, then at most one change per key, in key order. Immutable.
public final class SortedChanges {
    private static final Comparator<byte[]> KEY_ORDER = Arrays::compareUnsigned;

    private final List<KeyRange> deletedRanges;
    private final List<CommitRequest.Mutation> points;

    private SortedChanges(List<KeyRange> deletedRanges, List<CommitRequest.Mutation> points) {
        this.deletedRanges = deletedRanges;
        this.points = points;
    }

    /// Orders the mutations of `request`; costs one pass when they are in order already, as those
    /// of a [Transaction] are.
    public static SortedChanges of(CommitRequest request) {
        List<CommitRequest.Mutation> mutations = request.mutations();
        int ranges = 0;
        while (ranges < mutations.size()
                && mutations.get(ranges) instanceof CommitRequest.DeleteRange) {
            ranges++;
        }
        List<CommitRequest.Mutation> points = mutations.subList(ranges, mutations.size());
        if (!isAscending(points)) {
            return sorted(mutations);
        }
        List<KeyRange> deleted = new ArrayList<>(ranges);
        for (CommitRequest.Mutation mutation : mutations.subList(0, ranges)) {
            if (mutation instanceof CommitRequest.DeleteRange(byte[] start, byte[] end)) {
                deleted.add(new KeyRange(start, end));
            }
        }
        return new SortedChanges(List.copyOf(deleted), points);
    }

    private static boolean isAscending(List<CommitRequest.Mutation> points) {
        byte[] before = null;
        for (CommitRequest.Mutation point : points) {
            byte[] key = keyOf(point);
            if (key == null || (before != null && Arrays.compareUnsigned(before, key) >= 0)) {
                return false;
            }
            before = key;
        }
        return true;
    }

    private static SortedChanges sorted(List<CommitRequest.Mutation> mutations) {
        TreeMap<byte[], CommitRequest.Mutation> points = new TreeMap<>(KEY_ORDER);
        List<KeyRange> ranges = new ArrayList<>();
        for (CommitRequest.Mutation mutation : mutations) {
            switch (mutation) {
                case CommitRequest.Put put -> points.put(put.key(), put);
                case CommitRequest.Delete delete -> points.put(delete.key(), delete);
                case CommitRequest.DeleteRange(byte[] start, byte[] end) -> {
                    ranges.add(new KeyRange(start, end));
                    if (end == null) {
                        points.tailMap(start, true).clear();
                    } else if (Arrays.compareUnsigned(start, end) < 0) {
                        points.subMap(start, true, end, false).clear();
                    }
                }
            }
        }
        return new SortedChanges(List.copyOf(ranges), List.copyOf(points.values()));
    }

    private static byte @Nullable [] keyOf(CommitRequest.Mutation mutation) {
        return switch (mutation) {
            case CommitRequest.Put put -> put.key();
            case CommitRequest.Delete delete -> delete.key();
            case CommitRequest.DeleteRange _ -> null;
        };
    }

    /// To be deleted before the keys are changed.
    public List<KeyRange> deletedRanges() {
        return deletedRanges;
    }

    /// The same with one more range.
    public SortedChanges withDeletedRange(KeyRange range) {
        List<KeyRange> ranges = new ArrayList<>(deletedRanges);
        ranges.add(range);
        return new SortedChanges(List.copyOf(ranges), points);
    }

    /// The number of keys changed.
    public int size() {
        return points.size();
    }

    public byte[] key(int index) {
        return switch (points.get(index)) {
            case CommitRequest.Put put -> put.key();
            case CommitRequest.Delete delete -> delete.key();
            case CommitRequest.DeleteRange range -> range.start();
        };
    }

    /// The new value, or null for a deletion.
    public byte @Nullable [] value(int index) {
        return switch (points.get(index)) {
            case CommitRequest.Put put -> put.value();
            case CommitRequest.Delete _, CommitRequest.DeleteRange _ -> null;
        };
    }
}
