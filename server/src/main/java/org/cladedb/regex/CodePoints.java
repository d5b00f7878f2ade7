package org.cladedb.regex;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// A set of characters: disjoint ranges in ascending order, `ranges[2i]` to `ranges[2i + 1]`
/// inclusive.
///
/// Numbers beyond Unicode may occur: expressions can name them, no text has them.
final class CodePoints {
    static final int MAX = 0x7FFFFFFE;
    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ALL = range(0, MAX);
    static final CodePoints NEWLINE = range('\n', '\n');

    private final int[] ranges;
    private final int hash;

    private CodePoints(int[] ranges) {
        this.ranges = ranges;
        hash = Arrays.hashCode(ranges);
    }

    static CodePoints range(int first, int last) {
        return new CodePoints(new int[] {first, last});
    }

    /// The characters of Unicode that satisfy `condition`.
    static CodePoints matching(IntPredicate condition) {
        CodePointsBuilder builder = new CodePointsBuilder();
        int start = -1;
        for (int i = 0; i <= Character.MAX_CODE_POINT; i++) {
            if (condition.test(i)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                builder.add(start, i - 1);
                start = -1;
            }
        }
        if (start >= 0) {
            builder.add(start, Character.MAX_CODE_POINT);
        }
        return builder.build();
    }

    /// `sorted` becomes the set's own.
    static CodePoints ofSortedRanges(int[] sorted) {
        return new CodePoints(sorted);
    }

    int rangeCount() {
        return ranges.length / 2;
    }

    int first(int range) {
        return ranges[2 * range];
    }

    int last(int range) {
        return ranges[2 * range + 1];
    }

    CodePoints union(CodePoints other) {
        CodePointsBuilder builder = new CodePointsBuilder();
        builder.add(this);
        builder.add(other);
        return builder.build();
    }

    CodePoints complement() {
        int[] result = new int[ranges.length + 2];
        int count = 0;
        int next = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] > next) {
                result[count++] = next;
                result[count++] = ranges[i] - 1;
            }
            next = ranges[i + 1] + 1;
        }
        if (next <= MAX) {
            result[count++] = next;
            result[count++] = MAX;
        }
        return new CodePoints(Arrays.copyOf(result, count));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePoints set
                && hash == set.hash
                && Arrays.equals(ranges, set.ranges);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
