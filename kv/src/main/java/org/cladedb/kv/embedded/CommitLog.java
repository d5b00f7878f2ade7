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
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// Makes commits durable, many with one sync: whoever waits first writes for all that queued up
/// while the batch before was being written. Safe for any number of threads.
///
/// After a failed write or sync nothing is acknowledged any more. A full disk is no failure in this
/// sense: what could not be written stays queued, is written again from the beginning of its batch
/// with the next attempt, and until one succeeds nothing new is taken.
final class CommitLog {
    private static final int WRITE_BYTES = 1024 * 1024;

    /// Segments grow by so many zeros at a time, at most: a sync that need not record a new file
    /// size is several times faster.
    private static final int GROWTH_BYTES_MAX = 1024 * 1024;

    /// Where a log goes on: in a segment that the first [#rotate] makes.
    ///
    /// @param segment the newest there is, behind which nothing is written any more
    /// @param sequence the newest commit before it
    /// @param firstBatch larger than the number of any batch before it
    /// @param store the number of the store
    record Start(long segment, long sequence, long firstBatch, long store) {}

    /// A queued commit, or (no bodies) the order to begin segment `segment`.
    private record Queued(long sequence, List<ByteWriter> bodies, long segment) {
        boolean isRotation() {
            return bodies.isEmpty();
        }
    }

    private final LogFiles files;
    private final long store;
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
    private int waitingForQueue;
    private @Nullable Throwable failure;
    // Whether the last attempt to write found no space (or memory), and how it was told so.
    private boolean full;
    private Throwable noSpace = new NoSpaceException("there was space so far");
    // Attempts that found no space.
    private long fullCount;

    // Used only by the thread that set `writing`.
    private @Nullable StoreFile file;
    private long position;
    private long allocated;
    private long batch;
    private long batchStart = LogFormat.SEGMENT_HEADER_BYTES;
    // How many of the queued entries that are being written are durable.
    private int finished;
    private final byte[] zeros;
    private final ByteWriter buffer = new ByteWriter(WRITE_BYTES);

    /// @param bytesMax about how large the log becomes between two checkpoints
    /// @param onDurable told the newest durable sequence, before those who wait for it wake up
    CommitLog(LogFiles files, Start start, long bytesMax, LongConsumer onDurable) {
        this.files = files;
        this.store = start.store;
        this.newestSegment = start.segment;
        this.durable = start.sequence;
        this.batch = start.firstBatch;
        this.position = LogFormat.SEGMENT_HEADER_BYTES;
        this.zeros = new byte[(int) Math.clamp(bytesMax / 4, 4096L, GROWTH_BYTES_MAX)];
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
            if (waitingForQueue > 0) {
                progress.signalAll();
            }
            queuedBytes += byteCount(bodies);
            return queuedBytes;
        } finally {
            guard.unlock();
        }
    }

    /// Has what is queued from now on go to a new segment; returns its number.
    long rotate(long sequence) {
        guard.lock();
        try {
            Queued last = queue.isEmpty() ? null : queue.getLast();
            if (last != null && last.isRotation() && last.sequence == sequence) {
                // Ordered before and not done yet, as on a full disk.
                return last.segment;
            }
            newestSegment++;
            queue.add(new Queued(sequence, List.of(), newestSegment));
            return newestSegment;
        } finally {
            guard.unlock();
        }
    }

    /// Returns once everything queued so far is durable.
    ///
    /// @throws StorageFullException there is no space for it now
    void flush() {
        guard.lock();
        try {
            long attempts = fullCount;
            while (!queue.isEmpty() || writing) {
                requireNoFailure();
                if (fullCount > attempts) {
                    throw storageFull();
                }
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
            long attempts = fullCount;
            while (durable < sequence) {
                requireNoFailure();
                if (fullCount > attempts) {
                    throw new CommitUnknownException(
                            lacking() + " for the log; the commit will be durable when there is",
                            noSpace);
                }
                if (writing) {
                    progress.awaitUninterruptibly();
                } else if (queue.isEmpty()) {
                    // Applied, but not queued yet.
                    waitingForQueue++;
                    progress.awaitUninterruptibly();
                    waitingForQueue--;
                } else {
                    writeQueued();
                }
            }
        } finally {
            guard.unlock();
        }
    }

    /// Tells of a commit that is durable without the log.
    void skipTo(long sequence) {
        guard.lock();
        try {
            durable = Math.max(durable, sequence);
            progress.signalAll();
        } finally {
            guard.unlock();
        }
    }

    /// Refuses everything from now on, because a commit that the log lacks may not be durable.
    void fail(Throwable cause) {
        guard.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            progress.signalAll();
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
    /// @throws StorageFullException it waits for space
    void requireHealthy() {
        guard.lock();
        try {
            if (failure != null) {
                throw new UnavailableException("writing the log failed earlier", failure);
            }
            if (full) {
                throw storageFull();
            }
        } finally {
            guard.unlock();
        }
    }

    /// Tries again to write what found no space before.
    void retryIfFull() {
        guard.lock();
        try {
            if (full && failure == null && !writing) {
                writeQueued();
            }
        } finally {
            guard.unlock();
        }
    }

    private StorageFullException storageFull() {
        return new StorageFullException(lacking() + " for the log", noSpace);
    }

    private String lacking() {
        return noSpace instanceof OutOfMemoryError ? "no memory is left" : "no space is left";
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
            tryToWrite(taken);
        } catch (IOException | RuntimeException | Error e) {
            problem = e;
        } finally {
            guard.lock();
            writing = false;
            settle(taken, problem);
            progress.signalAll();
        }
    }

    /// Writes, and tells of what became durable even if space ran out on the way.
    private void tryToWrite(List<Queued> taken) throws IOException {
        finished = 0;
        NoSpaceException noSpace = null;
        try {
            write(taken);
        } catch (NoSpaceException e) {
            noSpace = e;
        }
        if (finished > 0) {
            onDurable.accept(taken.get(finished - 1).sequence);
        }
        if (noSpace != null) {
            throw noSpace;
        }
    }

    private void settle(List<Queued> taken, @Nullable Throwable problem) {
        if (problem != null && !canTryAgain(problem)) {
            failure = problem;
            return;
        }
        if (finished > 0) {
            durable = Math.max(durable, taken.get(finished - 1).sequence);
        }
        full = problem != null;
        if (problem == null) {
            return;
        }
        noSpace = problem;
        fullCount++;
        position = batchStart;
        buffer.clear();
        List<Queued> again = new ArrayList<>(taken.subList(finished, taken.size()));
        for (Queued queued : again) {
            queuedBytes += byteCount(queued.bodies);
        }
        again.addAll(queue);
        queue = again;
    }

    /// Whether nothing is lost by what went wrong: the same is written again at the same place.
    static boolean canTryAgain(Throwable problem) {
        return problem instanceof NoSpaceException || problem instanceof OutOfMemoryError;
    }

    private static long byteCount(List<ByteWriter> bodies) {
        long count = 0;
        for (ByteWriter body : bodies) {
            count += body.size() + LogFormat.FRAME_HEADER_BYTES;
        }
        return count;
    }

    private void write(List<Queued> taken) throws IOException {
        for (int index = 0; index < taken.size(); index++) {
            Queued queued = taken.get(index);
            if (queued.isRotation()) {
                beginSegment(queued);
                finished = index + 1;
                continue;
            }
            boolean endsBatch = index + 1 == taken.size() || taken.get(index + 1).isRotation();
            writeCommit(queued, endsBatch);
            if (endsBatch) {
                writeBuffer();
                allocate();
                current().sync();
                syncs.increment();
                batch++;
                batchStart = position;
                finished = index + 1;
            }
        }
    }

    private StoreFile current() {
        StoreFile segment = file;
        if (segment == null) {
            throw new IllegalStateException("a log begins with a new segment");
        }
        return segment;
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
        current().write(position, buffer.array(), 0, buffer.size());
        position += buffer.size();
        bytesWritten.add(buffer.size());
        buffer.clear();
    }

    /// Puts zeros behind what is written; never over it, so that no reordering can harm it.
    private void allocate() throws IOException {
        if (position <= allocated) {
            return;
        }
        try {
            current().write(position, zeros, 0, zeros.length);
            allocated = position + zeros.length;
        } catch (NoSpaceException e) {
            // They only make syncs faster.
            allocated = position;
        }
    }

    private void beginSegment(Queued rotation) throws IOException {
        StoreFile next =
                files.create(
                        new LogFormat.SegmentHeader(
                                rotation.segment, rotation.sequence + 1, batch, store));
        StoreFile before = file;
        file = next;
        if (before != null) {
            before.close();
        }
        position = LogFormat.SEGMENT_HEADER_BYTES;
        batchStart = position;
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
            StoreFile last = file;
            if (last != null) {
                last.close();
            }
        } finally {
            guard.unlock();
        }
    }
}
