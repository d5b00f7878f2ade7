package org.cladedb.regex;

import java.util.Arrays;

/// Collects ranges in any order, overlapping or not, into a [CodePoints].
final class CodePointsBuilder {
    private long[] ranges = new long[4];
    private int count;

    /// Numbers below `-1 << 31` of either end do not occur: both are characters.
    void add(int first, int last) {
        if (count == ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * count);
        }
        ranges[count++] = (long) first << 32 | last;
    }

    void add(CodePoints set) {
        for (int i = 0; i < set.rangeCount(); i++) {
            add(set.first(i), set.last(i));
        }
    }

    CodePoints build() {
        if (count == 0) {
            return CodePoints.NONE;
        }
        Arrays.sort(ranges, 0, count);
        int[] merged = new int[2 * count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            int first = (int) (ranges[i] >> 32);
            int last = (int) ranges[i];
            if (length > 0 && first <= merged[length - 1] + 1) {
                merged[length - 1] = Math.max(merged[length - 1], last);
            } else {
                merged[length++] = first;
                merged[length++] = last;
            }
        }
        return CodePoints.ofSortedRanges(Arrays.copyOf(merged, length));
    }
}
