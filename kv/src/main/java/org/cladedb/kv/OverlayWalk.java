package org.cladedb.kv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The overlay's entries in the range, in the cursor's direction, as one reader sees them.
final class OverlayWalk implements WriteWalk {
    private final Overlay overlay;
    private final RangeDeletions deletions;
    private final KeyRange range;
    private final boolean reverse;
    private final long readerStamp;
    private int position;
    private int modifications;
    private Overlay.@Nullable Entry current;

    OverlayWalk(
            Overlay overlay,
            RangeDeletions deletions,
            KeyRange range,
            boolean reverse,
            long readerStamp) {
        this.overlay = overlay;
        this.deletions = deletions;
        this.range = range;
        this.reverse = reverse;
        this.readerStamp = readerStamp;
        byte[] end = range.end();
        modifications = overlay.modifications();
        if (!reverse) {
            position = overlay.lowerBound(range.start());
        } else {
            position = end == null ? overlay.last() : overlay.before(overlay.lowerBound(end));
        }
        settle();
    }

    @Override
    public Overlay.@Nullable Entry current() {
        return current;
    }

    @Override
    public void advance() {
        Overlay.Entry passed = current;
        if (passed == null) {
            return;
        }
        if (modifications != overlay.modifications()) {
            // Writes moved positions: find the place again by key.
            modifications = overlay.modifications();
            position = overlay.lowerBound(passed.key);
            Overlay.Entry found = overlay.at(position);
            boolean onPassed = found != null && Arrays.equals(found.key, passed.key);
            if (reverse) {
                position = overlay.before(position);
            } else if (onPassed) {
                position = overlay.after(position);
            }
        } else {
            position = reverse ? overlay.before(position) : overlay.after(position);
        }
        settle();
    }

    @Override
    public void seek(byte[] key) {
        modifications = overlay.modifications();
        byte[] end = range.end();
        if (!reverse) {
            boolean inside = Arrays.compareUnsigned(key, range.start()) > 0;
            position = overlay.lowerBound(inside ? key : range.start());
        } else if (end != null && Arrays.compareUnsigned(key, end) >= 0) {
            position = overlay.before(overlay.lowerBound(end));
        } else {
            position = overlay.lowerBound(key);
            Overlay.Entry found = overlay.at(position);
            if (found == null || !Arrays.equals(found.key, key)) {
                position = overlay.before(position);
            }
        }
        settle();
    }

    @Override
    public void seekEnd() {
        current = null;
    }

    @Override
    public void close() {}

    /// Moves on to the first entry that the reader sees.
    private void settle() {
        current = null;
        Overlay.Entry head = overlay.at(position);
        while (head != null && range.contains(head.key)) {
            Overlay.Entry visible = head.visibleAt(readerStamp);
            if (visible != null
                    && (deletions.isEmpty() || visible.stamp > deletions.stampAt(visible.key))) {
                current = visible;
                return;
            }
            position = reverse ? overlay.before(position) : overlay.after(position);
            head = overlay.at(position);
        }
    }
}
