package org.cladedb.kv;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// An owner of locks that keeps its weak ones (those of readers and writers of rows) to itself: one
/// store into a slot of its own and one read of a counter, instead of the table that all share.
///
/// Who wants a lock that excludes weak ones raises the counter first and then looks into the slots
/// of all owners, whose locks on the key it enters into the table. Store and read, raise and look
/// are each in this order for all threads, so that one of the two sees the other. Owned by one
/// thread at a time, but for the slots.
public final class LockOwner implements AutoCloseable {
    private static final int SLOTS = 16;

    /// In place of a lock that now is in the table.
    private static final LockTarget ENTERED = new LockTarget(new byte[0], LockMode.SHARED);

    private final InMemoryLockTable table;

    /// Filled from the first on, without holes.
    private final AtomicReferenceArray<@Nullable LockTarget> slots =
            new AtomicReferenceArray<>(SLOTS);

    /// What the owner put there, whatever has become of it.
    private final @Nullable LockTarget[] put = new LockTarget[SLOTS];

    private int used;
    private boolean inTable;

    LockOwner(InMemoryLockTable table) {
        this.table = table;
    }

    /// Takes a lock as [LockTable#lock] does.
    boolean lock(LockTarget target, long timeoutMillis) throws InterruptedException {
        if (target.mode().isWeak() && takeAlone(target)) {
            return true;
        }
        inTable = true;
        return table.lock(this, target, timeoutMillis);
    }

    @SuppressWarnings("ReferenceEquality") // the mark is one object
    private boolean takeAlone(LockTarget target) {
        int free = used;
        if (free == SLOTS || table.hasStrong(target)) {
            return false;
        }
        slots.set(free, target);
        put[free] = target;
        if (table.hasStrong(target)) {
            put[free] = null;
            if (slots.getAndSet(free, null) == ENTERED) {
                // It has just been granted in the table.
                inTable = true;
                return true;
            }
            return false;
        }
        used = free + 1;
        return true;
    }

    /// Gives back a lock; those taken last first.
    @SuppressWarnings("ReferenceEquality") // the mark is one object
    void release(LockTarget target) {
        int last = used - 1;
        if (last >= 0 && target.equals(put[last])) {
            used = last;
            put[last] = null;
            if (slots.getAndSet(last, null) != ENTERED) {
                return;
            }
        }
        table.release(this, target);
    }

    /// Gives back everything.
    @SuppressWarnings("ReferenceEquality") // the mark is one object
    void releaseAll() {
        boolean entered = inTable;
        for (int i = used - 1; i >= 0; i--) {
            put[i] = null;
            entered |= slots.getAndSet(i, null) == ENTERED;
        }
        used = 0;
        if (entered) {
            inTable = false;
            table.releaseAll(this);
        }
    }

    /// Hands the weak lock on `key` in slot `index` over to the table, of which the caller holds
    /// the guard; null when there is none. Any thread.
    @SuppressWarnings("ReferenceEquality") // the mark is one object
    @Nullable LockMode enter(int index, ByteKey key) {
        LockTarget target = slots.get(index);
        if (target == null || target == ENTERED || !target.key().equals(key)) {
            return null;
        }
        return slots.compareAndSet(index, target, ENTERED) ? target.mode() : null;
    }

    /// The weak lock in slot `index` that the table does not know; null for none. Any thread.
    @SuppressWarnings("ReferenceEquality") // the mark is one object
    @Nullable LockTarget weak(int index) {
        LockTarget target = slots.get(index);
        return target == ENTERED ? null : target;
    }

    /// Whether there is nothing in slot `index` and those after it. Any thread.
    boolean endsAt(int index) {
        return index >= SLOTS || slots.get(index) == null;
    }

    /// The owner locks nothing any more.
    @Override
    public void close() {
        releaseAll();
        table.forget(this);
    }
}
