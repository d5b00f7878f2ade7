package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key ranges a transaction deleted: disjoint segments in key order, each with the stamp of the
/// newest deletion that covers it. Immutable.
final class RangeDeletions {
    static final RangeDeletions NONE = new RangeDeletions(List.of());

    /// Keys from `start` to `end` (null: to the end of the key space).
    record Segment(byte[] start, byte @Nullable [] end, long stamp) {}

    private final List<Segment> segments;

    private RangeDeletions(List<Segment> segments) {
        this.segments = segments;
    }

    List<Segment> segments() {
        return segments;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /// These deletions and a newer one.
    RangeDeletions with(KeyRange range, long stamp) {
        return with(range, new Segment(range.start(), range.end(), stamp));
    }

    /// These deletions, as if `range` were not in them.
    RangeDeletions without(KeyRange range) {
        return with(range, null);
    }

    private RangeDeletions with(KeyRange range, @Nullable Segment instead) {
        List<Segment> result = new ArrayList<>(segments.size() + 2);
        for (Segment segment : segments) {
            if (endsAtOrBefore(segment.end, range.start())) {
                result.add(segment);
            } else if (Arrays.compareUnsigned(segment.start, range.start()) < 0) {
                result.add(new Segment(segment.start, range.start(), segment.stamp));
            }
        }
        if (instead != null) {
            result.add(instead);
        }
        for (Segment segment : segments) {
            byte[] rangeEnd = range.end();
            if (rangeEnd == null || endsAtOrBefore(segment.end, rangeEnd)) {
                continue;
            }
            boolean cut = Arrays.compareUnsigned(segment.start, rangeEnd) < 0;
            result.add(cut ? new Segment(rangeEnd, segment.end, segment.stamp) : segment);
        }
        return new RangeDeletions(List.copyOf(result));
    }

    /// The stamp of the newest deletion that covers `key`, or 0.
    long stampAt(byte[] key) {
        Segment segment = covering(key, 0, key.length);
        return segment == null ? 0 : segment.stamp;
    }

    /// The segment that contains the key, or null.
    @Nullable Segment covering(byte[] key, int from, int to) {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] start = segments.get(middle).start;
            if (Arrays.compareUnsigned(start, 0, start.length, key, from, to) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return null;
        }
        Segment segment = segments.get(low - 1);
        byte[] end = segment.end;
        boolean inside =
                end == null || Arrays.compareUnsigned(key, from, to, end, 0, end.length) < 0;
        return inside ? segment : null;
    }

    boolean intersects(KeyRange range) {
        for (Segment segment : segments) {
            boolean before = endsAtOrBefore(segment.end, range.start());
            boolean after = endsAtOrBefore(range.end(), segment.start);
            if (!before && !after) {
                return true;
            }
        }
        return false;
    }

    /// Whether one deletion covers all of `range`.
    boolean cover(KeyRange range) {
        return segments.stream()
                .anyMatch(segment -> new KeyRange(segment.start, segment.end).contains(range));
    }

    private static boolean endsAtOrBefore(byte @Nullable [] end, byte[] key) {
        return end != null && Arrays.compareUnsigned(end, key) <= 0;
    }
}
