package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.io.StoreFile;

/// Reads the log after a checkpoint and hands over its commits in order.
///
/// The end of the log may be torn: frames of the last batch, which was never acknowledged as
/// durable. A batch is written only after the one before is durable, so a bad frame with a sound
/// one of a later batch behind it was damaged afterwards.
final class LogRecovery {
    /// Takes one commit.
    interface Target {
        /// @param mutations valid during the call
        void apply(long sequence, List<CommitRequest.Mutation> mutations);
    }

    private final LogFiles files;
    private final long firstSegment;
    private final int headerSlot;
    private final long store;
    private final Target target;
    private final List<CommitRequest.Mutation> commit = new ArrayList<>();
    private long sequence;
    private long nextBatch;
    private boolean endsTorn;

    /// @param header of the checkpoint after which the log is read
    LogRecovery(LogFiles files, DataHeader header, Target target) {
        this.files = files;
        this.firstSegment = header.logSegment();
        this.headerSlot = header.slot();
        this.store = header.store();
        this.sequence = header.sequence();
        this.target = target;
    }

    /// The newest commit recovered.
    long sequence() {
        return sequence;
    }

    /// Whether something stands behind the last sound record.
    boolean endsTorn() {
        return endsTorn;
    }

    /// Larger than the number of any batch in the log.
    long nextBatch() {
        return nextBatch;
    }

    /// Reads all segments that the checkpoint does not make unnecessary.
    void run() throws IOException {
        List<Long> numbers = new ArrayList<>(files.numbers());
        numbers.removeIf(number -> number < firstSegment);
        if (numbers.isEmpty() || numbers.getFirst() != firstSegment) {
            throw new CorruptionException(
                    "the log segment %s that the header needs is missing: file %s, offset %d"
                            .formatted(
                                    LogFiles.name(firstSegment),
                                    DataFile.NAME,
                                    headerSlot * PageReference.BLOCK_BYTES));
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
        if (header.store() != store) {
            throw reader.corrupt(0, "the segment belongs to another store");
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
        endsTorn = true;
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
            target.apply(sequence, commit);
        } else if (frame.sequence() > sequence) {
            throw reader.corrupt(reader.position(), "commits are missing before a log record");
        }
        commit.clear();
    }
}
