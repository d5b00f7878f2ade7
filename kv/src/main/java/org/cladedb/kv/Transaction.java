package org.cladedb.kv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.common.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// One transaction: a snapshot, an ordered overlay of its own writes merged into its reads,
/// savepoints, locks, and one commit.
///
/// Owned by one thread at a time. The snapshot may be moved forward between statements
/// ([#refreshSnapshot()]); writes stay. Every written key is checked at commit against the snapshot
/// that was current when it was first written or locked, so that no update by others is lost.
///
/// A cursor shows the transaction as it stood when the cursor was opened. Every write carries a
/// stamp, and stamps rise whenever somebody (a cursor, a savepoint, a range deletion) needs to tell
/// earlier writes from later ones.
public final class Transaction implements ReadView, AutoCloseable {
    private enum State {
        OPEN,
        FAILED,
        ENDED
    }

    /// What [#rollbackTo(int)] returns to.
    private record Savepoint(
            int undoSize,
            RangeDeletions deletions,
            long writtenBytes,
            long memoryBytes,
            long memoryOfWrites,
            long stamp,
            int loads) {
        /// The same after all writes in memory were put aside.
        Savepoint afterPuttingAside(long memoryNow) {
            return new Savepoint(
                    0, deletions, writtenBytes, Math.min(memoryBytes, memoryNow), 0, stamp, loads);
        }
    }

    /// What a reader sees of the writes.
    ///
    /// @param stamp later writes do not show
    /// @param loads so many loads show, those begun first
    record Moment(RangeDeletions deletions, long stamp, int loads) {}

    /// A write made while a savepoint was open: the version that `key` had before, if any.
    private record Undo(byte[] key, Overlay.@Nullable Entry before) {}

    private static final int ENTRY_OVERHEAD_BYTES = 16;

    /// Where memory is short, writes are put aside when they take so much.
    private static final long PUT_ASIDE_BYTES_MIN = 1 << 20;

    private final KeyValueStore store;
    private final Limits limits;
    private final Overlay overlay = new Overlay();
    private final List<Savepoint> savepoints = new ArrayList<>();
    private final List<Undo> undo = new ArrayList<>();
    private final Map<ByteKey, Long> locked = new HashMap<>();
    private final Map<ByteKey, Long> checked = new HashMap<>();
    private final TransactionLoads loads = new TransactionLoads();
    private RangeDeletions deletions = RangeDeletions.NONE;
    private Snapshot snapshot;
    // The snapshot of the first write, lock or check. It stays open so that the store remembers
    // the commits which the final check asks about.
    private @Nullable Snapshot pinned;
    private State state = State.OPEN;
    private long stamp = 1;
    private long newestCursorStamp;
    private int openCursors;
    private long writtenBytes;
    private final WrittenMemory memory = new WrittenMemory();
    private final @Nullable LockOwner lockOwner;
    private boolean holdsLocks;
    private final WrittenRuns runs;
    private long memoryOfWritesMax = Long.MAX_VALUE;
    // Changes whenever other runs are there to be read, or nothing is left in the overlay.
    private int layout;

    /// Begins at a new snapshot of `store`.
    public Transaction(KeyValueStore store) {
        this(store, null);
    }

    /// Begins at a new snapshot of `store`.
    ///
    /// @param lockOwner holds its locks, and no others until the transaction ends; null for the
    ///   transaction itself
    public Transaction(KeyValueStore store, @Nullable LockOwner lockOwner) {
        this.store = store;
        this.lockOwner = lockOwner;
        this.limits = store.limits();
        this.snapshot = store.snapshot();
        this.runs = new WrittenRuns(store);
    }

    /// Has what the transaction keeps until it ends taken from `budget`; call it before the first
    /// write. Without, nothing bounds it but the limits of the store.
    public void countIn(MemoryBudget budget) {
        memory.countIn(budget);
    }

    /// Has writes that take more than `bytes` in memory put aside, on disk if the store has one;
    /// earlier where the budget gives no more. Without, all stay in memory.
    public void putAsideAbove(long bytes) {
        memoryOfWritesMax = bytes;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return get(key, now());
    }

    private Moment now() {
        return new Moment(deletions, Long.MAX_VALUE, loads.size());
    }

    byte @Nullable [] get(byte[] key, Moment moment) {
        requireOpen();
        RangeDeletions deleted = moment.deletions();
        if (overlay.entryCount() > 0) {
            Overlay.Entry newest = overlay.find(key);
            Overlay.Entry own = newest == null ? null : newest.visibleAt(moment.stamp());
            if (own != null && (deleted.isEmpty() || own.stamp > deleted.stampAt(key))) {
                return own.value;
            }
        }
        if (!runs.isEmpty()) {
            Overlay.Entry own = runs.find(key, moment.stamp());
            if (own != null && (deleted.isEmpty() || own.stamp > deleted.stampAt(key))) {
                return own.value;
            }
        }
        if (!deleted.isEmpty() && deleted.stampAt(key) > 0) {
            return null;
        }
        return loads.isEmpty()
                ? snapshot.get(key)
                : loads.below(key, snapshot, moment.loads()).get(key);
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        return getAll(keys, now());
    }

    List<byte @Nullable []> getAll(List<byte[]> keys, Moment moment) {
        requireOpen();
        if (!hasWrites()) {
            return snapshot.getAll(keys);
        }
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(key, moment));
        }
        return values;
    }

    @Override
    public RangeCursor scan(KeyRange range, ScanOptions options) {
        requireOpen();
        if (!touches(range, deletions)) {
            return below(range, loads.size()).scan(range, options);
        }
        newestCursorStamp = stamp;
        return merge(range, options, new Moment(deletions, stamp++, loads.size()));
    }

    RangeCursor scan(KeyRange range, ScanOptions options, Moment moment) {
        requireOpen();
        return touches(range, moment.deletions())
                ? merge(range, options, moment)
                : below(range, moment.loads()).scan(range, options);
    }

    private RangeCursor merge(KeyRange range, ScanOptions options, Moment moment) {
        ScanOptions unlimited =
                new ScanOptions(
                        options.reverse(),
                        Long.MAX_VALUE,
                        options.readAhead(),
                        options.valueTags());
        RangeCursor base = below(range, moment.loads()).scan(range, unlimited);
        RunWalk.Reader reader = new RunWalk.Reader(range, options.reverse(), moment.stamp());
        MergingCursor cursor = MergingCursor.open(this, base, moment.deletions(), reader, options);
        openCursors++;
        return cursor;
    }

    private ReadView below(KeyRange range, int firstLoads) {
        return loads.isEmpty() ? snapshot : loads.below(range, snapshot, firstLoads);
    }

    /// Reads what the transaction showed when `savepoint` was made; for as long as that is there.
    /// When the snapshot moves, so does the view.
    public ReadView viewAt(int savepoint) {
        Savepoint made = savepoints.get(savepoint);
        return new PastView(this, new Moment(made.deletions, made.stamp, made.loads));
    }

    @Override
    public long estimateEntries(KeyRange range) {
        return estimateEntries(range, now());
    }

    /// Writes of keys that are there already count twice, and deletions as if they were none.
    long estimateEntries(KeyRange range, Moment moment) {
        requireOpen();
        long stored =
                moment.deletions().cover(range)
                        ? 0
                        : below(range, moment.loads()).estimateEntries(range);
        return stored + overlay.entriesWithin(range) + runs.estimateEntries(range);
    }

    /// For cursors: the writes that a reader sees.
    WriteWalk walk(RangeDeletions deletionsSeen, RunWalk.Reader reader) {
        OverlayWalk walk =
                new OverlayWalk(
                        overlay, deletionsSeen, reader.range(), reader.reverse(), reader.stamp());
        return runs.isEmpty() ? walk : runs.walk(walk, deletionsSeen, reader);
    }

    int layout() {
        return layout;
    }

    private boolean touches(KeyRange range, RangeDeletions deleted) {
        if (!deleted.isEmpty() && deleted.intersects(range)) {
            return true;
        }
        if (overlay.entryCount() > 0) {
            Overlay.Entry first = overlay.at(overlay.lowerBound(range.start()));
            if (first != null && range.contains(first.key)) {
                return true;
            }
        }
        return !runs.isEmpty() && runs.hasKeysIn(range);
    }

    void cursorClosed() {
        openCursors--;
    }

    /// Buffers a write; the arrays must not be changed afterwards.
    ///
    /// @throws MemoryLimitException it does not fit into the memory that it counts in
    public void put(byte[] key, byte[] value) {
        requireOpen();
        if (value.length > limits.valueBytesMax()) {
            throw tooLarge("value", value.length, limits.valueBytesMax());
        }
        write(key, value);
    }

    /// Buffers a deletion; a key that is not there is no error.
    public void delete(byte[] key) {
        requireOpen();
        write(key, null);
    }

    private void write(byte[] key, byte @Nullable [] value) {
        if (key.length == 0 || key.length > limits.keyBytesMax()) {
            throw tooLarge("key", key.length, limits.keyBytesMax());
        }
        int size = key.length + (value == null ? 0 : value.length);
        if (writtenBytes + size + ENTRY_OVERHEAD_BYTES > limits.transactionBytesMax()) {
            throw tooLarge("transaction", writtenBytes + (long) size, limits.transactionBytesMax());
        }
        makeRoom(size);
        writtenBytes += size + ENTRY_OVERHEAD_BYTES;
        pin();
        if (!loads.isEmpty()) {
            loads.finishAt(key);
        }
        Overlay.Entry before = overlay.find(key);
        long keepUpTo = stampToKeep();
        if (before != null && before.stamp > keepUpTo) {
            before.value = value;
            before.stamp = stamp;
            return;
        }
        if (!savepoints.isEmpty()) {
            undo.add(new Undo(key, before));
        }
        long sequence = before == null ? sequenceToCheck(key) : before.checkedSequence;
        overlay.put(new Overlay.Entry(key, value, stamp, sequence, keepUpTo == 0 ? null : before));
    }

    private void makeRoom(int size) {
        if (memory.writeBytes() >= memoryOfWritesMax) {
            putAside();
        }
        try {
            memory.addWrite(size);
        } catch (MemoryLimitException full) {
            boolean canPutAside = memoryOfWritesMax < Long.MAX_VALUE;
            if (!canPutAside || memory.writeBytes() < PUT_ASIDE_BYTES_MIN || !putAside()) {
                throw full;
            }
            memory.addWrite(size);
        }
    }

    /// Puts all writes in memory aside. Returns false when they cannot be.
    private boolean putAside() {
        if (overlay.entryCount() == 0 || !WrittenRuns.canTake(overlay)) {
            return false;
        }
        runs.putAside(overlay);
        layout++;
        overlay.clear();
        // What is in a run is undone by the stamps of its writes.
        undo.clear();
        memory.writesPutAside();
        savepoints.replaceAll(savepoint -> savepoint.afterPuttingAside(memory.bytes()));
        runs.merge();
        layout++;
        return true;
    }

    /// Versions up to this stamp may still be asked for.
    private long stampToKeep() {
        long bySavepoint = savepoints.isEmpty() ? 0 : savepoints.getLast().stamp;
        return openCursors == 0 ? bySavepoint : Math.max(bySavepoint, newestCursorStamp);
    }

    private long sequenceToCheck(byte[] key) {
        Snapshot first = pinned;
        // While the snapshot stands where it was pinned, every lock was taken at its sequence.
        if (!locked.isEmpty() && first != null && first.sequence() < snapshot.sequence()) {
            Long sequence = locked.get(new ByteKey(key));
            if (sequence != null) {
                return sequence;
            }
        }
        return snapshot.sequence();
    }

    /// Deletes every key of the range, without visiting them where the engine can. Keys that others
    /// commit into the range meanwhile are deleted too: lock what must not change.
    public void deleteRange(KeyRange range) {
        requireOpen();
        if (range.isEmpty()) {
            return;
        }
        pin();
        loads.finish();
        stamp++;
        deletions = deletions.with(range, stamp);
        stamp++;
    }

    /// Locks `key` until the end of the transaction, waiting while others hold it.
    ///
    /// A lock that is refused ([LockTimeoutException], [DeadlockException]) or interrupted leaves
    /// the transaction as it was.
    ///
    /// @return true when nobody committed a write to `key` after this transaction's current
    ///   snapshot; false when the caller's reads of it may be stale (refresh the snapshot and read
    ///   again, or give up with a serialization failure). The lock is held in both cases. A key
    ///   locked with answer true can be written with no later conflict.
    public boolean lock(byte[] key, LockMode mode, long timeoutMillis) throws InterruptedException {
        return lock(new LockTarget(key, mode), timeoutMillis);
    }

    /// As [#lock(byte[], LockMode, long)].
    public boolean lock(LockTarget target, long timeoutMillis) throws InterruptedException {
        take(target, timeoutMillis);
        return isCurrent(target);
    }

    /// Whether nobody committed a write to a key that this transaction has locked after its current
    /// snapshot; then writes of it will have no conflict.
    public boolean isCurrent(LockTarget target) {
        requireOpen();
        memory.addLock(target.keyBytes().length);
        pin();
        long sequence = snapshot.sequence();
        if (store.lastCommit(target.keyBytes(), sequence) > sequence) {
            return false;
        }
        locked.putIfAbsent(target.key(), sequence);
        return true;
    }

    /// Locks a key, and says nothing of what was committed to it: for readers, who need only that
    /// it stays from now on.
    ///
    /// @return whether it was granted without waiting
    public boolean take(LockTarget target, long timeoutMillis) throws InterruptedException {
        requireOpen();
        LockOwner owner = lockOwner;
        if (owner != null) {
            return owner.lock(target, timeoutMillis);
        }
        holdsLocks = true;
        return store.locks().lock(this, target, timeoutMillis);
    }

    /// Gives a lock back before the end; of several those taken last first. Nothing that relies on
    /// it may have been written and kept.
    public void giveBack(LockTarget target) {
        locked.remove(target.key());
        LockOwner owner = lockOwner;
        if (owner == null) {
            store.locks().release(this, target);
        } else {
            owner.release(target);
        }
    }

    /// Makes the commit fail when others committed a write to `key` after the current snapshot.
    public void check(byte[] key) {
        requireOpen();
        memory.addLock(key.length);
        pin();
        checked.putIfAbsent(new ByteKey(key), snapshot.sequence());
    }

    private void pin() {
        if (pinned == null) {
            pinned = snapshot;
        }
    }

    /// Moves the snapshot to the newest committed state; own writes stay on top of it.
    public void refreshSnapshot() {
        requireOpen();
        Snapshot newest = store.snapshot();
        if (!snapshot.equals(pinned)) {
            snapshot.close();
        }
        snapshot = newest;
    }

    /// The sequence number of the current snapshot.
    public long sequence() {
        return snapshot.sequence();
    }

    /// Marks a point that [#rollbackTo(int)] can return to; marks nest like a stack.
    public int savepoint() {
        requireOpen();
        savepoints.add(
                new Savepoint(
                        undo.size(),
                        deletions,
                        writtenBytes,
                        memory.bytes(),
                        memory.writeBytes(),
                        stamp,
                        loads.size()));
        stamp++;
        return savepoints.size() - 1;
    }

    /// Undoes the writes made since `savepoint`, which stays usable; later ones are forgotten.
    /// Locks stay held. Cursors opened since must not be read any more.
    public void rollbackTo(int savepoint) {
        requireOpen();
        Savepoint target = savepoints.get(savepoint);
        for (int index = undo.size() - 1; index >= target.undoSize; index--) {
            Undo write = undo.get(index);
            if (write.before == null) {
                overlay.remove(write.key);
            } else {
                overlay.put(write.before);
            }
        }
        undo.subList(target.undoSize, undo.size()).clear();
        if (!runs.isEmpty()) {
            runs.undoAfter(target.stamp, stamp);
            layout++;
        }
        savepoints.subList(savepoint + 1, savepoints.size()).clear();
        loads.closeFrom(target.loads);
        deletions = target.deletions;
        writtenBytes = target.writtenBytes;
        memory.returnTo(target.memoryBytes, target.memoryOfWrites);
        stamp++;
    }

    /// Forgets `savepoint` and those after it; the writes stay.
    public void release(int savepoint) {
        requireOpen();
        savepoints.subList(savepoint, savepoints.size()).clear();
        if (savepoints.isEmpty()) {
            undo.clear();
        }
    }

    /// Whether anything was written.
    public boolean hasWrites() {
        return overlay.entryCount() > 0
                || !deletions.isEmpty()
                || !loads.isEmpty()
                || !runs.isEmpty();
    }

    /// Whether neither the snapshot nor this transaction has anything in `range`, unless from
    /// before this transaction deleted the whole range at once.
    public boolean isUntouched(KeyRange range) {
        return hasOnlyWrites(range, 0);
    }

    /// The same but for writes by this transaction to so many keys.
    public boolean hasOnlyWrites(KeyRange range, int keys) {
        requireOpen();
        if (loads.intersect(range)
                || overlay.entriesIn(range).size() != keys
                || (!runs.isEmpty() && runs.hasKeysIn(range))) {
            return false;
        }
        return isCleared(range) || (!deletions.intersects(range) && isEmpty(snapshot, range));
    }

    /// Whether this transaction has deleted the whole range at once, and not loaded it since.
    public boolean isCleared(KeyRange range) {
        return deletions.cover(range);
    }

    private static boolean isEmpty(ReadView view, KeyRange range) {
        try (RangeCursor cursor = view.scan(range, ScanOptions.limit(1))) {
            return !cursor.next();
        }
    }

    /// Begins to load entries in key order into `range`, which must be untouched. They are
    /// committed with the transaction, which is then durable whatever is asked; others who write
    /// into the range meanwhile make the commit fail.
    ///
    /// @param completion is called before the load is read for the first time, and may add to it
    public TransactionLoad load(KeyRange range, Consumer<BulkLoad> completion) {
        if (!isUntouched(range)) {
            throw new IllegalStateException("only untouched ranges can be loaded");
        }
        pin();
        boolean clears = isCleared(range);
        // What is deleted from now on comes after the load, what was before it.
        deletions = deletions.without(range);
        return loads.add(new TransactionLoad(range, clears, store.bulkLoad(range), completion));
    }

    /// A load that is never committed, for entries on their way to their place. Closed when the
    /// transaction ends, if not before.
    public BulkLoad scratch(KeyRange range) {
        requireOpen();
        return loads.addScratch(store.bulkLoad(range));
    }

    /// Forgets what was put into `range` and returns it in key order, to be loaded. No savepoint
    /// may lie between their being written and now.
    public List<CommitRequest.Put> takeWrites(KeyRange range) {
        requireOpen();
        List<CommitRequest.Put> taken = new ArrayList<>();
        for (Overlay.Entry own : overlay.entriesIn(range)) {
            byte[] value = own.value;
            if (value != null) {
                taken.add(new CommitRequest.Put(own.key, value));
            }
            overlay.remove(own.key);
        }
        return taken;
    }

    /// Whether entries were loaded besides what was written.
    public boolean hasLoads() {
        return !loads.isEmpty();
    }

    /// Keys and values buffered, in bytes.
    public long writtenBytes() {
        return writtenBytes;
    }

    /// Applies the writes wholly or not at all, releases locks and snapshot, and ends the
    /// transaction.
    public void commit(Durability durability) {
        requireOpen();
        loads.finish();
        // Dead unless the store says otherwise.
        state = State.FAILED;
        try {
            if (!runs.isEmpty()) {
                store.commit(
                        new TransactionCommit(overlay, runs, deletions, checksOfOthers()),
                        loads.toCommit(),
                        loads.cleared());
            } else if (hasWrites() || !checked.isEmpty()) {
                CommitRequest request = new CommitRequest(mutations(), checks(), durability);
                if (loads.isEmpty()) {
                    store.commit(request);
                } else {
                    store.commit(request, loads.toCommit(), loads.cleared());
                }
            }
        } finally {
            end();
        }
    }

    /// Range deletions first, then what was written after them.
    List<CommitRequest.Mutation> mutations() {
        List<RangeDeletions.Segment> segments = deletions.segments();
        var mutations =
                new ArrayList<CommitRequest.Mutation>(segments.size() + overlay.entryCount());
        for (RangeDeletions.Segment segment : segments) {
            mutations.add(new CommitRequest.DeleteRange(segment.start(), segment.end()));
        }
        int position = overlay.first();
        for (Overlay.Entry own = overlay.at(position); own != null; own = overlay.at(position)) {
            if (segments.isEmpty() || own.stamp > deletions.stampAt(own.key)) {
                byte[] value = own.value;
                mutations.add(
                        value == null
                                ? new CommitRequest.Delete(own.key)
                                : new CommitRequest.Put(own.key, value));
            }
            position = overlay.after(position);
        }
        return mutations;
    }

    List<CommitRequest.VersionCheck> checks() {
        var checks =
                new ArrayList<CommitRequest.VersionCheck>(overlay.entryCount() + checked.size());
        int position = overlay.first();
        for (Overlay.Entry own = overlay.at(position); own != null; own = overlay.at(position)) {
            checks.add(new CommitRequest.VersionCheck(own.key, own.checkedSequence));
            position = overlay.after(position);
        }
        checks.addAll(checksOfOthers());
        return checks;
    }

    /// The checks of keys that were not written.
    private List<CommitRequest.VersionCheck> checksOfOthers() {
        List<CommitRequest.VersionCheck> checks = new ArrayList<>(checked.size());
        checked.forEach((key, sequence) ->
                checks.add(new CommitRequest.VersionCheck(key.bytes(), sequence)));
        return checks;
    }

    /// Forgets the writes, releases locks and snapshot, and ends the transaction. Idempotent.
    public void rollback() {
        if (state != State.ENDED) {
            end();
        }
    }

    /// Rolls back unless already ended.
    @Override
    public void close() {
        rollback();
    }

    private void end() {
        state = State.ENDED;
        memory.end();
        LockOwner owner = lockOwner;
        if (owner != null) {
            owner.releaseAll();
        } else if (holdsLocks) {
            store.locks().releaseAll(this);
        }
        loads.close();
        runs.close();
        Snapshot first = pinned;
        if (first != null) {
            first.close();
        }
        snapshot.close();
    }

    private LimitExceededException tooLarge(String what, long size, long most) {
        state = State.FAILED;
        return new LimitExceededException(
                what + " of " + size + " bytes; allowed are 1 to " + most);
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    state == State.ENDED
                            ? "the transaction has ended"
                            : "the transaction failed and can only be rolled back");
        }
    }

    KeyValueStore store() {
        return store;
    }
}
