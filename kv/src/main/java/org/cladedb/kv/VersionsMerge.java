package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.jspecify.annotations.Nullable;

/// All that a transaction wrote in a range, key by key: from several runs and, above them, what is
/// still in memory. What is void does not show. Nothing may be written meanwhile.
final class VersionsMerge implements AutoCloseable {
    /// Where versions come from, in key order.
    private abstract static sealed class Source permits RunSource, OverlaySource {
        byte @Nullable [] key;

        abstract List<Overlay.Entry> versions();

        abstract void advance();
    }

    private static final class RunSource extends Source {
        final RangeCursor cursor;
        final VoidStamps voids;
        private int index = -1;

        RunSource(RangeCursor cursor, VoidStamps voids) {
            this.cursor = cursor;
            this.voids = voids;
            advance();
        }

        @Override
        List<Overlay.Entry> versions() {
            EntryBatch batch = cursor.batch();
            return VersionsFormat.all(
                    batch.copyKey(index),
                    batch.valueArray(index),
                    batch.valueOffset(index),
                    batch.valueLength(index),
                    voids);
        }

        @Override
        void advance() {
            index++;
            if (index >= cursor.batch().size()) {
                if (!cursor.next()) {
                    key = null;
                    return;
                }
                index = 0;
            }
            key = cursor.batch().copyKey(index);
        }
    }

    private static final class OverlaySource extends Source {
        private final Overlay overlay;
        private final KeyRange range;
        private int position;

        OverlaySource(Overlay overlay, KeyRange range) {
            this.overlay = overlay;
            this.range = range;
            position = overlay.lowerBound(range.start());
            settle();
        }

        @Override
        List<Overlay.Entry> versions() {
            return overlay.versionsAt(position);
        }

        @Override
        void advance() {
            position = overlay.after(position);
            settle();
        }

        private void settle() {
            Overlay.Entry entry = overlay.at(position);
            key = entry == null || !range.contains(entry.key) ? null : entry.key;
        }
    }

    private final List<Source> sources = new ArrayList<>();
    private final List<Overlay.Entry> versions = new ArrayList<>(1);
    private long turn;

    /// @param runs newer ones first
    /// @param overlay above the runs; null for none
    VersionsMerge(
            List<WrittenRun> runs, VoidStamps voids, @Nullable Overlay overlay, KeyRange range) {
        if (overlay != null) {
            sources.add(new OverlaySource(overlay, range));
        }
        boolean done = false;
        try {
            for (WrittenRun run : runs) {
                sources.add(new RunSource(run.view().scan(range, ScanOptions.FORWARD), voids));
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /// Moves to the next key; false at the end.
    boolean next() {
        Cancellation.check(turn++);
        versions.clear();
        while (versions.isEmpty()) {
            byte[] key = smallest();
            if (key == null) {
                return false;
            }
            for (Source source : sources) {
                byte[] head = source.key;
                if (head != null && Arrays.equals(head, key)) {
                    versions.addAll(source.versions());
                    source.advance();
                }
            }
        }
        return true;
    }

    private byte @Nullable [] smallest() {
        byte[] smallest = null;
        for (Source source : sources) {
            byte[] key = source.key;
            if (key != null && (smallest == null || Arrays.compareUnsigned(key, smallest) < 0)) {
                smallest = key;
            }
        }
        return smallest;
    }

    /// The versions of the key, newest first; at least one. Valid until the next call.
    List<Overlay.Entry> versions() {
        return versions;
    }

    @Override
    public void close() {
        for (Source source : sources) {
            if (source instanceof RunSource run) {
                run.cursor.close();
            }
        }
    }
}
