package org.cladedb.kv;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several walks of the same range as one: of writes of one key that of the first walk is the
/// newest, and the only one to show.
final class MergedWalk implements WriteWalk {
    private final List<WriteWalk> walks;
    private final boolean reverse;
    private Overlay.@Nullable Entry current;

    /// @param walks newer writes before older ones
    MergedWalk(List<WriteWalk> walks, boolean reverse) {
        this.walks = walks;
        this.reverse = reverse;
        settle();
    }

    private void settle() {
        Overlay.Entry next = null;
        for (WriteWalk walk : walks) {
            Overlay.Entry entry = walk.current();
            if (entry != null && (next == null || isBefore(entry.key, next.key))) {
                next = entry;
            }
        }
        current = next;
    }

    private boolean isBefore(byte[] left, byte[] right) {
        int order = Arrays.compareUnsigned(left, right);
        return reverse ? order > 0 : order < 0;
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
        for (WriteWalk walk : walks) {
            Overlay.Entry entry = walk.current();
            if (entry != null && Arrays.equals(entry.key, passed.key)) {
                walk.advance();
            }
        }
        settle();
    }

    @Override
    public void seek(byte[] key) {
        walks.forEach(walk -> walk.seek(key));
        settle();
    }

    @Override
    public void seekEnd() {
        walks.forEach(WriteWalk::seekEnd);
        current = null;
    }

    @Override
    public void close() {
        walks.forEach(WriteWalk::close);
    }
}
