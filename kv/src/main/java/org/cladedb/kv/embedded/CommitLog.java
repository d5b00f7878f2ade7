package org.cladedb.kv.embedded;

import java.io.IOException;
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

    private final LogFiles files;
    private final long store;
    private final LongConsumer onDurable;
    private final LongAdder syncs = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    // Guards the fields down to the next comment.
    private final ReentrantLock guard = new ReentrantLock();
    private final Condition progress = guard.newCondition();
    private final CommitQueue queue = new CommitQueue();
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
    // Of the queued entries that are being written, the last that is durable.
    private CommitQueue.@Nullable Entry finished;
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

    /// Queues a commit; call it in sequence order. Returns the bytes that wait to be written. It
    /// takes no memory, so that a commit that was applied does not miss the log.
    long enqueue(CommitQueue.Entry commit) {
        guard.lock();
        try {
            queue.add(commit);
            if (waitingForQueue > 0) {
                progress.signalAll();
            }
            return queue.bytes();
        } finally {
            guard.unlock();
        }
    }

    /// Has what is queued from now on go to a new segment; returns its number.
    long rotate(long sequence) {
        guard.lock();
        try {
            CommitQueue.Entry last = queue.last();
            if (last != null && last.isRotation() && last.sequence() == sequence) {
                // Ordered before and not done yet, as on a full disk.
                return last.segment();
            }
            queue.add(CommitQueue.Entry.rotation(sequence, newestSegment + 1));
            newestSegment++;
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

    /// Tries again to write what found no space before, or waits for whoever does.
    void retryIfFull() {
        guard.lock();
        try {
            long attempts = fullCount;
            while (full && failure == null && fullCount == attempts) {
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

    private StorageFullException storageFull() {
        return new StorageFullException(lacking() + " for the log", noSpace);
    }

    private String lacking() {
        return noSpace instanceof OutOfMemoryError ? "no memory is left" : "no space is left";
    }

    /// Called and returns with `guard` held, but lets go of it while writing.
    private void writeQueued() {
        CommitQueue.Entry taken = queue.takeAll();
        if (taken == null) {
            full = false;
            return;
        }
        writing = true;
        finished = null;
        guard.unlock();
        Throwable problem = null;
        try {
            OutOfMemoryRetry.run(() -> tryToWrite(taken));
        } catch (IOException | RuntimeException | Error e) {
            problem = e;
        } finally {
            guard.lock();
            writing = false;
            settle(taken, problem);
            progress.signalAll();
        }
    }

    /// Writes what is not durable yet, and tells of what became durable even if space ran out on
    /// the way.
    private void tryToWrite(CommitQueue.Entry taken) throws IOException {
        position = batchStart;
        buffer.clear();
        NoSpaceException noSpace = null;
        try {
            write(unfinished(taken));
        } catch (NoSpaceException e) {
            noSpace = e;
        }
        CommitQueue.Entry last = finished;
        if (last != null) {
            onDurable.accept(last.sequence());
        }
        if (noSpace != null) {
            throw noSpace;
        }
    }

    private CommitQueue.@Nullable Entry unfinished(CommitQueue.Entry taken) {
        CommitQueue.Entry last = finished;
        return last == null ? taken : last.next();
    }

    private void settle(CommitQueue.Entry taken, @Nullable Throwable problem) {
        if (problem != null && !canTryAgain(problem)) {
            failure = problem;
            return;
        }
        CommitQueue.Entry last = finished;
        if (last != null) {
            durable = Math.max(durable, last.sequence());
        }
        full = problem != null;
        if (problem == null) {
            return;
        }
        noSpace = problem;
        fullCount++;
        CommitQueue.Entry rest = unfinished(taken);
        if (rest != null) {
            queue.putBack(rest);
        }
    }

    /// Whether nothing is lost by what went wrong: the same is written again at the same place.
    static boolean canTryAgain(Throwable problem) {
        return problem instanceof NoSpaceException || problem instanceof OutOfMemoryError;
    }

    private void write(CommitQueue.@Nullable Entry from) throws IOException {
        for (CommitQueue.Entry entry = from; entry != null; entry = entry.next()) {
            if (entry.isRotation()) {
                beginSegment(entry);
                finished = entry;
                continue;
            }
            CommitQueue.Entry next = entry.next();
            boolean endsBatch = next == null || next.isRotation();
            writeCommit(entry, endsBatch);
            if (endsBatch) {
                writeBuffer();
                allocate();
                current().sync();
                syncs.increment();
                batch++;
                batchStart = position;
                finished = entry;
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

    private void writeCommit(CommitQueue.Entry commit, boolean endsBatch) throws IOException {
        List<ByteWriter> bodies = commit.bodies();
        int last = bodies.size() - 1;
        for (int index = 0; index <= last; index++) {
            int flags = 0;
            if (index == last) {
                flags = LogFormat.FLAG_LAST_OF_COMMIT;
                flags |= endsBatch ? LogFormat.FLAG_LAST_OF_BATCH : 0;
            }
            LogFormat.writeFrame(buffer, bodies.get(index), flags, commit.sequence(), batch);
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

    private void beginSegment(CommitQueue.Entry rotation) throws IOException {
        StoreFile next =
                files.create(
                        new LogFormat.SegmentHeader(
                                rotation.segment(), rotation.sequence() + 1, batch, store));
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
