package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// Reads the log after a checkpoint and hands over its commits in order.
///
/// The end of the log may be torn: frames of the last batch, which was never acknowledged as
/// durable. A batch is written only after the one before is durable, so a bad frame with a sound
/// one of a later batch behind it was damaged afterwards.
final class LogRecovery {
    /// Takes one commit.
    interface Target {
        void apply(long sequence, SortedChanges changes);
    }

    private final LogFiles files;
    private final Target target;
    private final List<CommitRequest.Mutation> commit = new ArrayList<>();
    private long sequence;
    private long nextBatch;

    /// @param sequence the newest commit that the checkpoint contains
    LogRecovery(LogFiles files, long sequence, Target target) {
        this.files = files;
        this.sequence = sequence;
        this.target = target;
    }

    /// The newest commit recovered.
    long sequence() {
        return sequence;
    }

    /// Larger than the number of any batch in the log.
    long nextBatch() {
        return nextBatch;
    }

    /// Reads the segments from `firstSegment` on.
    void run(long firstSegment) throws IOException {
        List<Long> numbers = new ArrayList<>(files.numbers());
        numbers.removeIf(number -> number < firstSegment);
        if (numbers.isEmpty() || numbers.getFirst() != firstSegment) {
            throw new CorruptionException(
                    "the log segment "
                            + LogFiles.name(firstSegment)
                            + " that the data file needs is missing");
        }
        for (int index = 0; index < numbers.size(); index++) {
            long number = numbers.get(index);
            if (number != firstSegment + index) {
                throw new CorruptionException(
                        "the log segment " + LogFiles.name(firstSegment + index) + " is missing");
            }
            List<Long> later = numbers.subList(index + 1, numbers.size());
            try (StoreFile file = files.open(number)) {
                SegmentReader reader = new SegmentReader(file, LogFiles.name(number));
                if (!readSegment(reader, number, index == 0, later)) {
                    return;
                }
            }
        }
    }

    /// Whether the segment ended well.
    private boolean readSegment(
            SegmentReader reader, long number, boolean isFirst, List<Long> later)
            throws IOException {
        LogFormat.SegmentHeader header = reader.header();
        if (header == null) {
            // A segment is made durable before anything is written to it.
            if (isFirst || reader.newestBatchFrom(0) >= 0 || anyFrames(later)) {
                throw reader.corrupt(0, "damaged segment header");
            }
            return false;
        }
        if (header.number() != number || header.firstSequence() > sequence + 1) {
            throw reader.corrupt(0, "the segment does not continue the log");
        }
        nextBatch = Math.max(nextBatch, header.firstBatch());
        LogFormat.FrameHeader frame = reader.next();
        while (frame != null) {
            take(reader, frame);
            nextBatch = frame.isLastOfBatch() ? frame.batch() + 1 : frame.batch();
            frame = reader.next();
        }
        if (commit.isEmpty() && reader.atEnd()) {
            return true;
        }
        long newest = reader.newestBatchFrom(reader.position());
        if (newest > nextBatch || anyFrames(later)) {
            throw reader.corrupt(reader.position(), "damaged log record");
        }
        nextBatch = Math.max(nextBatch, newest) + 1;
        return false;
    }

    /// Whether anything was written to one of the segments. Behind a torn end there may be segments
    /// that a recovery made before it was cut short itself; they are empty.
    private boolean anyFrames(List<Long> numbers) throws IOException {
        for (long number : numbers) {
            try (StoreFile file = files.open(number)) {
                if (new SegmentReader(file, LogFiles.name(number)).newestBatchFrom(0) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void take(SegmentReader reader, LogFormat.FrameHeader frame) {
        try {
            LogFormat.decode(reader.body(), reader.bodyStart(), reader.bodyEnd(), commit);
        } catch (IndexOutOfBoundsException e) {
            throw reader.corrupt(reader.position(), "malformed log record");
        }
        if (!frame.isLastOfCommit()) {
            return;
        }
        if (frame.sequence() == sequence + 1) {
            sequence = frame.sequence();
            target.apply(sequence, changes());
        } else if (frame.sequence() > sequence) {
            throw reader.corrupt(reader.position(), "commits are missing before a log record");
        }
        commit.clear();
    }

    private SortedChanges changes() {
        return SortedChanges.of(new CommitRequest(commit, List.of(), Durability.SYNC));
    }

    /// The frames of one segment.
    private static final class SegmentReader {
        private static final int WINDOW_BYTES = 1024 * 1024;

        private final StoreFile file;
        private final String name;
        private final long size;
        // The window: bytes of the file from `windowStart` on.
        private byte[] window = new byte[WINDOW_BYTES];
        private long windowStart;
        private int windowBytes;
        // Of the frame that `next` returned last, and where the one after it begins.
        private int frameAt;
        private int frameBodyBytes;
        private long position = LogFormat.SEGMENT_HEADER_BYTES;

        SegmentReader(StoreFile file, String name) throws IOException {
            this.file = file;
            this.name = name;
            this.size = file.size();
        }

        LogFormat.@Nullable SegmentHeader header() throws IOException {
            byte[] bytes = new byte[LogFormat.SEGMENT_HEADER_BYTES];
            int count = file.read(0, bytes, 0, bytes.length);
            if (count < bytes.length || !LogFormat.isIntactSegmentHeader(bytes)) {
                return null;
            }
            if (LogFormat.segmentVersion(bytes) != LogFormat.FORMAT_VERSION) {
                throw corrupt(8, "unknown log format version " + LogFormat.segmentVersion(bytes));
            }
            return LogFormat.readSegmentHeader(bytes);
        }

        /// Whether only zeros follow: what a segment is made of before it is written.
        boolean atEnd() throws IOException {
            byte[] zeros = new byte[WINDOW_BYTES];
            long at = position;
            while (at < size) {
                int count = (int) Math.min(WINDOW_BYTES, size - at);
                int start = have(at, count);
                if (!Arrays.equals(window, start, start + count, zeros, 0, count)) {
                    return false;
                }
                at += count;
            }
            return true;
        }

        long position() {
            return position;
        }

        byte[] body() {
            return window;
        }

        int bodyStart() {
            return frameAt + LogFormat.FRAME_HEADER_BYTES;
        }

        int bodyEnd() {
            return bodyStart() + frameBodyBytes;
        }

        /// The next frame, or null when none that is sound begins here.
        LogFormat.@Nullable FrameHeader next() throws IOException {
            LogFormat.FrameHeader frame = frameAt(position);
            if (frame != null) {
                frameAt = (int) (position - windowStart);
                frameBodyBytes = frame.bodyBytes();
                position += LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
            }
            return frame;
        }

        private LogFormat.@Nullable FrameHeader frameAt(long at) throws IOException {
            if (at + LogFormat.FRAME_HEADER_BYTES > size) {
                return null;
            }
            int start = have(at, LogFormat.FRAME_HEADER_BYTES);
            if (markAt(start) != LogFormat.MARK) {
                return null;
            }
            LogFormat.FrameHeader frame = LogFormat.readFrameHeader(window, start);
            long whole = LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
            if (frame.bodyBytes() < 0
                    || frame.bodyBytes() > LogFormat.BODY_BYTES_MAX
                    || at + whole > size) {
                return null;
            }
            start = have(at, (int) whole);
            int checksum = LogFormat.frameChecksum(window, start, frame.bodyBytes());
            return checksum == frame.checksum() ? frame : null;
        }

        private int markAt(int start) {
            return BigEndian.getInt(window, start);
        }

        /// Brings `count` bytes from `at` into the window; returns where they begin in it.
        private int have(long at, int count) throws IOException {
            if (at < windowStart || at + count > windowStart + windowBytes) {
                if (count > window.length) {
                    window = new byte[count];
                }
                windowStart = at;
                windowBytes = file.read(at, window, 0, (int) Math.min(window.length, size - at));
                if (windowBytes < count) {
                    throw corrupt(at, "the file ends early");
                }
            }
            return (int) (at - windowStart);
        }

        /// The largest batch number of any sound frame from `from` on, or -1.
        long newestBatchFrom(long from) throws IOException {
            long newest = -1;
            long at = from;
            while (at + LogFormat.FRAME_HEADER_BYTES <= size) {
                int start = have(at, LogFormat.FRAME_HEADER_BYTES);
                if (markAt(start) == LogFormat.MARK) {
                    LogFormat.FrameHeader frame = frameAt(at);
                    if (frame != null) {
                        newest = Math.max(newest, frame.batch());
                        at += LogFormat.FRAME_HEADER_BYTES + (long) frame.bodyBytes();
                        continue;
                    }
                }
                at++;
            }
            return newest;
        }

        CorruptionException corrupt(long at, String what) {
            return new CorruptionException(what + ": file " + name + ", offset " + at);
        }
    }
}
