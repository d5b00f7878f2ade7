package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.InMemoryLockTable;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LargeCommit;
import org.cladedb.kv.Limits;
import org.cladedb.kv.LockTable;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.NoSpaceException;
import org.jspecify.annotations.Nullable;

/// The store in a directory: what commits and snapshots do, step by step. Safe for any number of
/// threads.
///
/// A commit: its log record is encoded; then, under the apply lock, its checks are verified, a new
/// tree is derived, and both queue up; then it waits until the log is durable, upon which new
/// snapshots show it. Nothing else is done under the apply lock.
public final class EmbeddedStore implements KeyValueStore {
    /// Asynchronous commits write the log themselves when this much waits to be written.
    private static final long QUEUED_BYTES_MAX = 16L * 1024 * 1024;

    /// Commits wait when the log is so many times larger than it should be.
    private static final int LOG_STALL_FACTOR = 4;

    /// A commit of more keys reads their pages before it keeps others from committing.
    private static final int KEYS_READ_AHEAD = 64;

    private final StoreFiles files;
    private final EmbeddedOptions options;
    private final PageStore pages;
    private final Versions versions;
    private final CommitLog log;
    private final Checkpoint checkpoint;
    private final BulkCommit bulkCommit;
    private final BackgroundWork checkpointing;
    private final BackgroundWork pageWriting;
    private final BackgroundWork logWriting;
    private final InMemoryLockTable locks = new InMemoryLockTable();
    private final ReadCounters counters = new ReadCounters();
    private final LongAdder commits = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder checkpoints = new LongAdder();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ApplyLock applying;
    // Held by a commit that does not go through the log, from its beginning: such a commit follows
    // the log, and could not follow another of its kind.
    private final ReentrantLock unlogged = new ReentrantLock();
    private volatile long checkpointAtLogBytes;
    private volatile long checkpointedLogBytes;
    private final StoreFailure failure = new StoreFailure();

    // Why the checkpoint that ends the recovery could not be made; null since it is made. Until
    // then the store can be read and takes no commits.
    private volatile @Nullable StorageFullException lacking;

    private EmbeddedStore(StoreRecovery recovered, EmbeddedOptions options, ThreadFactory threads) {
        this.files = recovered.files();
        this.options = options;
        this.pages = recovered.pages();
        this.versions = recovered.versions();
        this.applying = recovered.applying();
        this.log = recovered.log();
        this.checkpoint = recovered.checkpoint();
        this.bulkCommit = new BulkCommit(pages, versions, log, checkpoint);
        this.checkpointing =
                new BackgroundWork("cladedb-checkpoint", threads, this::checkpointIfPossible);
        this.pageWriting = new BackgroundWork("cladedb-pages", threads, this::writePages);
        this.logWriting = new BackgroundWork("cladedb-log", threads, this::writeLog);
        this.checkpointAtLogBytes = options.checkpointLogBytes();
        this.lacking = recovered.lacking();
    }

    /// Opens the store in `directory`, which is made if missing, and recovers what its log holds.
    ///
    /// @throws UnavailableException the directory is in use, or cannot be read or written
    /// @throws org.cladedb.kv.CorruptionException its files are damaged
    public static EmbeddedStore open(
            FileSystem fileSystem, Path directory, EmbeddedOptions options) {
        return open(fileSystem, directory, options, BackgroundWork.DAEMONS);
    }

    /// With threads of a test for background work.
    static EmbeddedStore open(
            FileSystem fileSystem, Path directory, EmbeddedOptions options, ThreadFactory threads) {
        StoreRecovery recovered = StoreRecovery.run(fileSystem, directory, options);
        EmbeddedStore store = new EmbeddedStore(recovered, options, threads);
        store.checkpointing.start();
        store.pageWriting.start();
        store.logWriting.start();
        StorageFullException lacking = store.lacking;
        if (lacking != null) {
            store.failure.noSpace(lacking);
        }
        return store;
    }

    @Override
    public Snapshot snapshot() {
        if (closed.get()) {
            throw new UnavailableException("the store is closed");
        }
        Versions.Pinned pinned = versions.pinSnapshot();
        return new TreeSnapshot(
                pages, counters, new TreePin(versions, pinned.pin(), pinned.version()));
    }

    @Override
    public long commit(CommitRequest request) {
        try {
            return apply(request);
        } catch (ConflictException e) {
            conflicts.increment();
            // A retry begins with a snapshot that shows what this one ran into.
            awaitVisible(versions.applied().sequence());
            throw e;
        } catch (StorageFullException e) {
            failure.noSpace(e);
            throw e;
        } catch (CommitUnknownException e) {
            if (e.getCause() instanceof NoSpaceException) {
                failure.noSpace(e);
            } else if (!(e.getCause() instanceof OutOfMemoryError) && !closed.get()) {
                failure.set(e);
            }
            throw e;
        }
    }

    private long apply(CommitRequest request) {
        prepareToCommit();
        SortedChanges changes = SortedChanges.of(request);
        EmbeddedLimits.require(changes);
        List<ByteWriter> bodies = LogFormat.encode(changes);
        boolean writesNothing = changes.size() == 0 && changes.deletedRanges().isEmpty();
        if (changes.size() > KEYS_READ_AHEAD) {
            loadLeaves(changes);
        }
        long queuedBytes;
        long sequence;
        applying.lock();
        try {
            requireHealthy();
            versions.recent().verify(request.checks());
            TreeVersion before = versions.applied();
            if (writesNothing) {
                return before.sequence();
            }
            sequence = before.sequence() + 1;
            CommitQueue.Entry logged = CommitQueue.Entry.commit(sequence, bodies);
            append(changes, before.root(), sequence);
            // Takes no memory: a log without this commit could not be read back.
            queuedBytes = log.enqueue(logged);
        } finally {
            applying.unlock();
        }
        try {
            commits.increment();
            finish(sequence, request.durability(), queuedBytes);
        } catch (OutOfMemoryError e) {
            throw new CommitUnknownException("memory ran out while a commit was being written", e);
        }
        return sequence;
    }

    /// Reads what the changes replace, while others commit.
    private void loadLeaves(SortedChanges changes) {
        Versions.Pinned pinned = versions.pinApplied();
        try {
            TreeSearch.loadLeaves(pages, pinned.version().root(), changes);
        } finally {
            versions.unpin(pinned.pin());
        }
    }

    /// Derives the version of a commit and makes it the newest, or changes nothing.
    private void append(SortedChanges changes, long root, long sequence) {
        TreeChange change = new TreeChange(pages, changes, sequence);
        TreeVersion version = new TreeVersion(change.apply(root), sequence);
        boolean appended = false;
        try {
            versions.append(version, changes, change.ledger());
            appended = true;
        } finally {
            if (!appended) {
                change.ledger().undo();
            }
        }
    }

    @Override
    public BulkLoad bulkLoad(KeyRange range) {
        prepareToCommit();
        return new TreeBulkLoad(
                pages,
                range,
                versions.applied().sequence(),
                (load, others, checks) ->
                        commit(
                                new CommitRequest(others, checks, Durability.SYNC),
                                List.of(load),
                                List.of()),
                this::viewAt);
    }

    /// Reads a tree that is no version of this store.
    private Snapshot viewAt(long root) {
        Versions.Pinned pinned = versions.pinSnapshot();
        TreeVersion version = new TreeVersion(root, pinned.version().sequence());
        return new TreeSnapshot(pages, counters, new TreePin(versions, pinned.pin(), version));
    }

    @Override
    public long commit(CommitRequest request, List<BulkLoad> loads, List<KeyRange> cleared) {
        SortedChanges changes = SortedChanges.of(request);
        EmbeddedLimits.require(changes);
        return commitUnlogged(
                loads, own -> bulkCommit.run(own, cleared, changes, request.checks()));
    }

    @Override
    public long commit(LargeCommit commit, List<BulkLoad> loads, List<KeyRange> cleared) {
        return commitUnlogged(loads, own -> bulkCommit.run(own, cleared, commit));
    }

    /// Commits that are checkpoints themselves go one after the other.
    private long commitUnlogged(List<BulkLoad> loads, ToLongFunction<List<TreeBulkLoad>> commit) {
        lockUnlogged();
        try {
            prepareToCommit();
            long written = log.bytesWritten();
            long sequence =
                    commit.applyAsLong(loads.stream().map(TreeBulkLoad.class::cast).toList());
            commits.increment();
            checkpointed(written);
            return sequence;
        } catch (ConflictException e) {
            conflicts.increment();
            throw e;
        } catch (CommitUnknownException e) {
            failure.set(e);
            throw e;
        } finally {
            unlogged.unlock();
        }
    }

    private void lockUnlogged() {
        try {
            unlogged.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            Cancellation.check();
            throw new UnavailableException("the commit was interrupted");
        }
    }

    private void awaitVisible(long sequence) {
        if (versions.visibleSequence() < sequence) {
            try {
                log.awaitDurable(sequence);
            } catch (CommitUnknownException e) {
                throw new UnavailableException("the store failed", e);
            }
        }
    }

    private void finish(long sequence, Durability durability, long queuedBytes) {
        switch (durability) {
            case SYNC -> log.awaitDurable(sequence);
            case ASYNC -> {
                versions.publish(sequence);
                if (queuedBytes > QUEUED_BYTES_MAX) {
                    log.awaitDurable(sequence);
                } else {
                    logWriting.request();
                }
            }
        }
        if (pages.hasManyDirty()) {
            pageWriting.request();
        }
        long excess = log.bytesWritten() - checkpointAtLogBytes;
        if (excess > (LOG_STALL_FACTOR - 1) * options.checkpointLogBytes()) {
            // Writers outran the checkpoints: wait for one.
            checkpointIfPossible();
        } else if (excess > 0) {
            checkpointing.request();
        }
    }

    /// Tries again what found no space before.
    private void prepareToCommit() {
        log.retryIfFull();
        if (lacking != null && !closed.get() && failure.get() == null) {
            runCheckpoint();
        }
        requireHealthy();
    }

    private void requireHealthy() {
        if (closed.get()) {
            throw new UnavailableException("the store is closed");
        }
        failure.requireNone();
        log.requireHealthy();
        StorageFullException cause = lacking;
        if (cause != null) {
            throw new StorageFullException("no space is left to begin a new log", cause);
        }
    }

    /// Makes the log up to now unnecessary.
    ///
    /// @throws UnavailableException writing failed; the store refuses commits from now on
    /// @throws StorageFullException there is no space for it now
    public void checkpoint() {
        prepareToCommit();
        runCheckpoint();
        requireHealthy();
    }

    /// A checkpoint that finds no space is tried again after some more log.
    private void checkpointIfPossible() {
        try {
            runCheckpoint();
        } catch (StorageFullException e) {
            noSpace(e);
            checkpointAtLogBytes = log.bytesWritten() + options.checkpointLogBytes() / 4;
        }
    }

    /// Notes that background work found no space.
    ///
    /// @throws OutOfMemoryError it was memory that it did not find
    private void noSpace(StorageFullException e) {
        if (e.getCause() instanceof OutOfMemoryError noMemory) {
            throw noMemory;
        }
        failure.noSpace(e);
    }

    private void runCheckpoint() {
        try {
            long written = log.bytesWritten();
            if (lacking == null) {
                checkpoint.run();
            } else {
                checkpoint.runAlways();
                lacking = null;
            }
            checkpointedLogBytes = written;
            checkpointAtLogBytes = written + options.checkpointLogBytes();
            checkpoints.increment();
            failure.foundSpace();
        } catch (StorageFullException | OutOfMemoryError e) {
            // What was begun is finished by the next attempt.
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
        }
    }

    /// A checkpoint was made that covers so many bytes of the log.
    private void checkpointed(long written) {
        checkpointedLogBytes = written;
        checkpointAtLogBytes = written + options.checkpointLogBytes();
        checkpoints.increment();
    }

    private void writeLog() {
        try {
            log.flush();
        } catch (StorageFullException e) {
            // The log keeps what it could not write, and refuses more until it can.
            noSpace(e);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // The log remembers that it failed and refuses every later commit.
            failure.set(e);
        }
    }

    private void writePages() {
        try {
            pages.writeSomeDirty();
        } catch (StorageFullException e) {
            // They stay in memory; a commit that needs room for more will fail.
            failure.noSpace(e);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    @Override
    public long lastCommit(byte[] key, long sinceSequence) {
        long newest = versions.recent().lastCommit(key, sinceSequence);
        if (newest > sinceSequence) {
            // So that whoever refreshes its snapshot because of the answer sees the commit.
            awaitVisible(newest);
        }
        return newest;
    }

    @Override
    public LockTable locks() {
        return locks;
    }

    @Override
    public Limits limits() {
        return EmbeddedLimits.LIMITS;
    }

    @Override
    public StoreMetrics metrics() {
        return new StoreMetrics(
                commits.sum(),
                conflicts.sum(),
                log.syncs(),
                pages.pagesRead(),
                pages.pagesWritten(),
                log.bytesWritten(),
                versions.snapshotCount(),
                versions.retainedBytes(),
                pages.cachedBytes(),
                pages.dirtyBytes(),
                pages.fileBytes(),
                freeBytes(),
                log.bytesWritten() - checkpointedLogBytes,
                versions.snapshotAge(),
                checkpoints.sum(),
                applying.longestNanos(),
                counters.gets.sum(),
                counters.cursors.sum(),
                counters.batches.sum(),
                counters.entries.sum());
    }

    @Override
    public Optional<String> failure() {
        try {
            requireHealthy();
            return Optional.empty();
        } catch (KvException e) {
            return Optional.of(StoreFailure.describe(e));
        }
    }

    /// Copies everything, as it is in this moment, to a new directory, while commits go on.
    ///
    /// @param meanwhile called now and then; when it throws, the copy is given up and removed
    /// @throws UnavailableException the directory has files already, or cannot be written
    /// @throws StorageFullException no space is left there
    /// @throws org.cladedb.kv.CorruptionException what was written reads differently
    public StoreBackup.Content backup(FileSystem fileSystem, Path target, Runnable meanwhile) {
        try (Snapshot snapshot = snapshot()) {
            return new StoreBackup(fileSystem, target, meanwhile).write(snapshot);
        }
    }

    /// Bytes of the data file that can be allocated now.
    public long freeBytes() {
        return pages.freeBytes();
    }

    /// For tests: whether no commit can be applied at this moment.
    boolean isApplying() {
        return applying.isHeld();
    }

    /// For tests of a quiet store: reads the whole tree and checks that every block of the file is
    /// in it, or free, or kept for somebody, and nothing is twice.
    ///
    /// @throws IllegalStateException space is lost or used twice
    void requireNoLostSpace() {
        applying.lock();
        try {
            SpaceAudit audit = new SpaceAudit(pages);
            audit.countTree(versions.applied().root());
            versions.retained().forEach(page -> audit.count(page.reference(), "retained"));
            audit.count(checkpoint.freeSpaceReference(), "list of free space");
            audit.requireComplete();
        } finally {
            applying.unlock();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        checkpointing.stop();
        pageWriting.stop();
        logWriting.stop();
        try {
            if (failure.get() == null) {
                runCheckpoint();
            }
        } catch (StorageFullException e) {
            failure.set(e);
        } finally {
            closeFiles();
        }
    }

    private void closeFiles() {
        try {
            try {
                log.close();
            } finally {
                files.close();
            }
        } catch (IOException e) {
            throw new UnavailableException("closing the store's files failed", e);
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new UnavailableException(
                    "not everything could be written before closing; the log has it", cause);
        }
    }
}
