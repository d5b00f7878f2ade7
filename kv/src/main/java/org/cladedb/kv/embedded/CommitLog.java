package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.cladedb.common.ByteWriter;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// Makes commits durable, many with one sync: whoever waits first writes for all that queued up
/// while the batch before was being written. Safe for any number of threads.
///
/// After a failed write or sync nothing is acknowledged any more.
final class CommitLog {
    private static final int WRITE_BYTES = 1024 * 1024;

    /// Segments grow by so many zeros at a time: a sync that need not record a new file size is
    /// several times faster.
    private static final byte[] ZEROS = new byte[1024 * 1024];

    /// A queued commit, or (no bodies) the order to begin segment `segment`.
    private record Queued(long sequence, List<ByteWriter> bodies, long segment) {
        boolean isRotation() {
            return bodies.isEmpty();
        }
    }

    private final LogFiles files;
    private final LongConsumer onDurable;
    private final LongAdder syncs = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    // Guards the fields down to the next comment.
    private final ReentrantLock guard = new ReentrantLock();
    private final Condition progress = guard.newCondition();
    private List<Queued> queue = new ArrayList<>();
    private long queuedBytes;
    private long durable;
    private long newestSegment;
    private boolean writing;
    private @Nullable Throwable failure;

    // Used only by the thread that set `writing`.
    private StoreFile file;
    private long position;
    private long allocated;
    private long batch;
    private final ByteWriter buffer = new ByteWriter(WRITE_BYTES);

    /// Continues after `sequence` in the new segment `segment`.
    ///
    /// @param onDurable told the newest durable sequence, before those who wait for it wake up
    CommitLog(
            LogFiles files,
            StoreFile file,
            long segment,
            long sequence,
            long firstBatch,
            LongConsumer onDurable) {
        this.files = files;
        this.file = file;
        this.newestSegment = segment;
        this.durable = sequence;
        this.batch = firstBatch;
        this.position = LogFormat.SEGMENT_HEADER_BYTES;
        this.onDurable = onDurable;
    }

    long syncs() {
        return syncs.sum();
    }

    long bytesWritten() {
        return bytesWritten.sum();
    }

    /// Queues a commit; call it in sequence order. Returns the bytes that wait to be written.
    long enqueue(long sequence, List<ByteWriter> bodies) {
        guard.lock();
        try {
            queue.add(new Queued(sequence, bodies, 0));
            for (ByteWriter body : bodies) {
                queuedBytes += body.size() + LogFormat.FRAME_HEADER_BYTES;
            }
            return queuedBytes;
        } finally {
            guard.unlock();
        }
    }

    /// Has what is queued from now on go to a new segment; returns its number.
    long rotate(long sequence) {
        guard.lock();
        try {
            newestSegment++;
            queue.add(new Queued(sequence, List.of(), newestSegment));
            return newestSegment;
        } finally {
            guard.unlock();
        }
    }

    /// Returns once everything queued so far is durable.
    void flush() {
        guard.lock();
        try {
            while (!queue.isEmpty() || writing) {
                requireNoFailure();
                if (writing) {
                    progress.awaitUninterruptibly();
                } else {
                    writeQueued();
                }
            }
            requireNoFailure();
        } finally {
            guard.unlock();
        }
    }

    /// Returns once the commit is durable.
    ///
    /// @throws CommitUnknownException writing failed
    void awaitDurable(long sequence) {
        guard.lock();
        try {
            while (durable < sequence) {
                requireNoFailure();
                if (writing) {
                    progress.awaitUninterruptibly();
                } else {
                    writeQueued();
                }
            }
        } finally {
            guard.unlock();
        }
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw new CommitUnknownException("writing the log failed", failure);
        }
    }

    /// @throws UnavailableException the log failed earlier
    void requireHealthy() {
        guard.lock();
        try {
            if (failure != null) {
                throw new UnavailableException("writing the log failed earlier", failure);
            }
        } finally {
            guard.unlock();
        }
    }

    /// Called and returns with `guard` held, but lets go of it while writing.
    private void writeQueued() {
        List<Queued> taken = queue;
        queue = new ArrayList<>();
        queuedBytes = 0;
        writing = true;
        guard.unlock();
        Throwable problem = null;
        try {
            write(taken);
        } catch (IOException | RuntimeException | Error e) {
            problem = e;
        } finally {
            guard.lock();
            writing = false;
            if (problem != null) {
                failure = problem;
            } else if (!taken.isEmpty()) {
                durable = Math.max(durable, taken.getLast().sequence);
            }
            progress.signalAll();
        }
    }

    private void write(List<Queued> taken) throws IOException {
        long newest = 0;
        for (int index = 0; index < taken.size(); index++) {
            Queued queued = taken.get(index);
            newest = queued.sequence;
            if (queued.isRotation()) {
                beginSegment(queued);
                continue;
            }
            boolean endsBatch = index + 1 == taken.size() || taken.get(index + 1).isRotation();
            writeCommit(queued, endsBatch);
            if (endsBatch) {
                writeBuffer();
                allocate();
                file.sync();
                syncs.increment();
                batch++;
            }
        }
        onDurable.accept(newest);
    }

    private void writeCommit(Queued commit, boolean endsBatch) throws IOException {
        int last = commit.bodies.size() - 1;
        for (int index = 0; index <= last; index++) {
            int flags = 0;
            if (index == last) {
                flags = LogFormat.FLAG_LAST_OF_COMMIT;
                flags |= endsBatch ? LogFormat.FLAG_LAST_OF_BATCH : 0;
            }
            LogFormat.writeFrame(buffer, commit.bodies.get(index), flags, commit.sequence, batch);
            if (buffer.size() >= WRITE_BYTES) {
                writeBuffer();
            }
        }
    }

    private void writeBuffer() throws IOException {
        file.write(position, buffer.array(), 0, buffer.size());
        position += buffer.size();
        bytesWritten.add(buffer.size());
        buffer.clear();
    }

    /// Puts zeros behind what is written; never over it, so that no reordering can harm it.
    private void allocate() throws IOException {
        if (position > allocated) {
            file.write(position, ZEROS, 0, ZEROS.length);
            allocated = position + ZEROS.length;
        }
    }

    private void beginSegment(Queued rotation) throws IOException {
        StoreFile next =
                files.create(
                        new LogFormat.SegmentHeader(
                                rotation.segment, rotation.sequence + 1, batch));
        file.close();
        file = next;
        position = LogFormat.SEGMENT_HEADER_BYTES;
        allocated = 0;
    }

    void close() throws IOException {
        guard.lock();
        try {
            while (writing) {
                progress.awaitUninterruptibly();
            }
            if (failure == null) {
                failure = new IOException("the log is closed");
            }
            file.close();
        } finally {
            guard.unlock();
        }
    }
}
