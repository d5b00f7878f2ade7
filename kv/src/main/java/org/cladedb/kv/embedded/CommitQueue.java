package org.cladedb.kv.embedded;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.jspecify.annotations.Nullable;

/// Commits in the order in which the log takes them. Nothing here needs memory, so that a commit
/// that was applied is always queued. Not thread-safe; [CommitLog] guards it.
final class CommitQueue {
    /// A commit, or (no bodies) the order to begin segment `segment`; in one queue at most, or in a
    /// chain that was taken out of it.
    static final class Entry {
        private final long sequence;
        private final List<ByteWriter> bodies;
        private final long segment;
        private final long bytes;
        private @Nullable Entry next;

        private Entry(long sequence, List<ByteWriter> bodies, long segment) {
            this.sequence = sequence;
            this.bodies = bodies;
            this.segment = segment;
            this.bytes = byteCount(bodies);
        }

        static Entry commit(long sequence, List<ByteWriter> bodies) {
            return new Entry(sequence, bodies, 0);
        }

        /// @param sequence the last commit before the segment
        static Entry rotation(long sequence, long segment) {
            return new Entry(sequence, List.of(), segment);
        }

        long sequence() {
            return sequence;
        }

        List<ByteWriter> bodies() {
            return bodies;
        }

        long segment() {
            return segment;
        }

        boolean isRotation() {
            return bodies.isEmpty();
        }

        @Nullable Entry next() {
            return next;
        }

        private static long byteCount(List<ByteWriter> bodies) {
            long count = 0;
            for (ByteWriter body : bodies) {
                count += body.size() + LogFormat.FRAME_HEADER_BYTES;
            }
            return count;
        }
    }

    private @Nullable Entry first;
    private @Nullable Entry last;
    private long bytes;

    boolean isEmpty() {
        return first == null;
    }

    @Nullable Entry last() {
        return last;
    }

    /// What the commits take in the log.
    long bytes() {
        return bytes;
    }

    void add(Entry entry) {
        Entry before = last;
        if (before == null) {
            first = entry;
        } else {
            before.next = entry;
        }
        last = entry;
        bytes += entry.bytes;
    }

    /// Takes out everything; returns the first of the chain.
    @Nullable Entry takeAll() {
        Entry chain = first;
        first = null;
        last = null;
        bytes = 0;
        return chain;
    }

    /// Puts what is left of a chain back, before what was added since.
    void putBack(Entry chain) {
        Entry end = chain;
        bytes += end.bytes;
        for (Entry entry = end.next; entry != null; entry = entry.next) {
            end = entry;
            bytes += entry.bytes;
        }
        end.next = first;
        first = chain;
        if (last == null) {
            last = end;
        }
    }
}
