package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cladedb.kv.KeyRange;
import org.jspecify.annotations.Nullable;

/// Sorted key ranges that neither overlap nor touch.
final class DisjointRanges {
    private DisjointRanges() {}

    /// The union of `ranges`.
    static List<KeyRange> of(List<KeyRange> ranges) {
        if (ranges.isEmpty()) {
            return ranges;
        }
        List<KeyRange> sorted = new ArrayList<>(ranges);
        sorted.removeIf(KeyRange::isEmpty);
        sorted.sort(Comparator.comparing(KeyRange::start, Arrays::compareUnsigned));
        List<KeyRange> result = new ArrayList<>(sorted.size());
        for (KeyRange range : sorted) {
            KeyRange last = result.isEmpty() ? null : result.getLast();
            if (last == null || isBelow(last.end(), range.start())) {
                result.add(range);
            } else {
                result.set(result.size() - 1, new KeyRange(last.start(), later(last, range)));
            }
        }
        return result;
    }

    private static byte @Nullable [] later(KeyRange one, KeyRange other) {
        byte[] first = one.end();
        byte[] second = other.end();
        if (first == null || second == null) {
            return null;
        }
        return Arrays.compareUnsigned(first, second) >= 0 ? first : second;
    }

    private static boolean isBelow(byte @Nullable [] end, byte[] key) {
        return end != null && Arrays.compareUnsigned(end, key) < 0;
    }

    /// Whether one of the ranges contains all of `range`.
    static boolean anyCovers(List<KeyRange> ranges, KeyRange range) {
        int index = lastStartingAtOrBefore(ranges, range.start());
        if (index < 0) {
            return false;
        }
        byte[] outerEnd = ranges.get(index).end();
        byte[] innerEnd = range.end();
        return outerEnd == null
                || (innerEnd != null && Arrays.compareUnsigned(innerEnd, outerEnd) <= 0);
    }

    /// Whether one of the ranges has keys in common with `range`.
    static boolean anyMeets(List<KeyRange> ranges, KeyRange range) {
        int index = lastStartingAtOrBefore(ranges, range.start());
        if (index >= 0) {
            byte[] end = ranges.get(index).end();
            if (end == null || Arrays.compareUnsigned(range.start(), end) < 0) {
                return true;
            }
        }
        if (index + 1 == ranges.size()) {
            return false;
        }
        byte[] end = range.end();
        return end == null || Arrays.compareUnsigned(ranges.get(index + 1).start(), end) < 0;
    }

    private static int lastStartingAtOrBefore(List<KeyRange> ranges, byte[] key) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(ranges.get(middle).start(), key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
