package org.cladedb.kv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The locks of one process.
///
/// Waiters of a key are served in order, except that a holder goes before those who wait for it. A
/// request that would have to wait first looks whether those it would wait for wait, directly or
/// through others, for its owner; then it is refused. Every edge of the waiting graph comes into
/// being by such a request, so a cycle never forms.
///
/// Weak locks of [LockOwner]s are not here until somebody wants what they exclude.
public final class InMemoryLockTable implements LockTable {
    /// Counters of keys with strong locks; a power of two.
    private static final int STRIPES = 1 << 10;

    /// One owner's hold on one key.
    private static final class Hold {
        final Object owner;

        /// Their bits.
        int modes;

        Hold(Object owner) {
            this.owner = owner;
        }
    }

    private static final class Waiter {
        final Object owner;
        final LockMode mode;
        final KeyLock lock;
        final Condition granted;
        boolean isGranted;

        Waiter(Object owner, LockMode mode, KeyLock lock, Condition granted) {
            this.owner = owner;
            this.mode = mode;
            this.lock = lock;
            this.granted = granted;
        }
    }

    /// Who holds a key and who waits for it. Most keys have one holder and no waiter.
    private static final class KeyLock {
        final ByteKey key;
        final List<Hold> holds = new ArrayList<>(1);
        List<Waiter> waiters = List.of();

        /// Whether somebody holds it in a strong mode or waits for that; then the counter of its
        /// stripe is raised and all holds are here.
        boolean strong;

        KeyLock(ByteKey key) {
            this.key = key;
        }

        @Nullable Hold holdOf(Object owner) {
            for (Hold hold : holds) {
                if (hold.owner.equals(owner)) {
                    return hold;
                }
            }
            return null;
        }

        boolean needsStrong() {
            return waiters.stream().anyMatch(waiter -> waiter.mode.isStrong())
                    || holds.stream().anyMatch(hold -> hasStrong(hold.modes));
        }

        private static boolean hasStrong(int modes) {
            return LockMode.TABLE_ACCESS_SHARE.excludesAny(modes)
                    || LockMode.TABLE_ROW_SHARE.excludesAny(modes)
                    || LockMode.TABLE_ROW_EXCLUSIVE.excludesAny(modes);
        }
    }

    private static final class OwnerState {
        final List<KeyLock> held = new ArrayList<>();
        @Nullable Waiter waiting;
    }

    // Guards everything below and all objects reached from it.
    private final ReentrantLock guard = new ReentrantLock();
    private final Map<ByteKey, KeyLock> locks = new HashMap<>();
    private final Map<Object, OwnerState> owners = new HashMap<>();

    /// How many keys of each stripe have strong locks. Raised under the guard before the owners'
    /// slots are looked into.
    private final AtomicIntegerArray strongKeys = new AtomicIntegerArray(STRIPES);

    /// All that are not closed.
    private final Set<LockOwner> slotOwners = ConcurrentHashMap.newKeySet();

    @Override
    public boolean lock(Object owner, LockTarget target, long timeoutMillis)
            throws InterruptedException {
        LockMode mode = target.mode();
        guard.lock();
        try {
            KeyLock lock = locks.computeIfAbsent(target.key(), KeyLock::new);
            if (mode.isStrong() && !lock.strong) {
                raise(lock, target);
            }
            if (mayTake(lock, owner, mode)) {
                take(lock, owner, mode);
                return true;
            }
            if (timeoutMillis == 0) {
                settle(lock);
                throw new LockTimeoutException("the key is locked by another transaction");
            }
            await(enqueue(lock, owner, mode), timeoutMillis);
            return false;
        } finally {
            guard.unlock();
        }
    }

    /// Makes the key's weak locks known here.
    private void raise(KeyLock lock, LockTarget target) {
        lock.strong = true;
        strongKeys.incrementAndGet(target.stripe(STRIPES));
        for (LockOwner each : slotOwners) {
            for (int i = 0; !each.endsAt(i); i++) {
                LockMode held = each.enter(i, lock.key);
                if (held != null) {
                    take(lock, each, held);
                }
            }
        }
    }

    /// Whether the stripe of the key has strong locks.
    boolean hasStrong(LockTarget target) {
        return strongKeys.get(target.stripe(STRIPES)) != 0;
    }

    @Override
    public LockOwner newOwner() {
        LockOwner owner = new LockOwner(this);
        slotOwners.add(owner);
        return owner;
    }

    void forget(LockOwner owner) {
        slotOwners.remove(owner);
    }

    @Override
    public void release(Object owner, LockTarget target) {
        guard.lock();
        try {
            KeyLock lock = locks.get(target.key());
            Hold hold = lock == null ? null : lock.holdOf(owner);
            OwnerState state = owners.get(owner);
            if (lock == null || hold == null || state == null) {
                return;
            }
            hold.modes &= ~target.mode().bit();
            if (hold.modes == 0) {
                lock.holds.remove(hold);
                state.held.remove(state.held.lastIndexOf(lock));
                forgetIfIdle(owner, state);
            }
            settle(lock);
        } finally {
            guard.unlock();
        }
    }

    private void forgetIfIdle(Object owner, OwnerState state) {
        if (state.waiting == null && state.held.isEmpty()) {
            owners.remove(owner);
        }
    }

    @Override
    public void releaseAll(Object owner) {
        guard.lock();
        try {
            OwnerState state = owners.remove(owner);
            if (state == null) {
                return;
            }
            for (KeyLock lock : state.held) {
                lock.holds.removeIf(hold -> hold.owner.equals(owner));
                settle(lock);
            }
        } finally {
            guard.unlock();
        }
    }

    @Override
    public List<HeldLock> list() {
        List<HeldLock> all = new ArrayList<>();
        guard.lock();
        try {
            for (KeyLock lock : locks.values()) {
                lock.holds.forEach(hold -> addHeld(all, lock, hold));
                lock.waiters.forEach(waiter ->
                        all.add(
                                new HeldLock(
                                        waiter.owner,
                                        lock.key.bytes(),
                                        waiter.mode,
                                        false,
                                        false)));
            }
            for (LockOwner owner : slotOwners) {
                addWeak(all, owner);
            }
        } finally {
            guard.unlock();
        }
        return all;
    }

    private static void addHeld(List<HeldLock> all, KeyLock lock, Hold hold) {
        for (LockMode mode : LockMode.values()) {
            if ((hold.modes & mode.bit()) != 0) {
                all.add(new HeldLock(hold.owner, lock.key.bytes(), mode, true, false));
            }
        }
    }

    private static void addWeak(List<HeldLock> all, LockOwner owner) {
        for (int i = 0; !owner.endsAt(i); i++) {
            LockTarget weak = owner.weak(i);
            if (weak != null) {
                all.add(new HeldLock(owner, weak.keyBytes(), weak.mode(), true, true));
            }
        }
    }

    /// Keys locked now.
    public int lockedKeys() {
        guard.lock();
        try {
            return locks.size();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public int waiters() {
        guard.lock();
        try {
            int count = 0;
            for (OwnerState state : owners.values()) {
                count += state.waiting == null ? 0 : 1;
            }
            return count;
        } finally {
            guard.unlock();
        }
    }

    private boolean mayTake(KeyLock lock, Object owner, LockMode mode) {
        Hold own = lock.holdOf(owner);
        if (own != null && (own.modes & mode.bit()) != 0) {
            return true;
        }
        // A newcomer queues behind waiters that it excludes, so that they are served at last.
        for (Waiter waiter : lock.waiters.subList(0, place(lock, own))) {
            if (waiter.mode.excludes(mode)) {
                return false;
            }
        }
        return isCompatible(lock, owner, mode);
    }

    /// Where in the queue a request belongs: before those who wait for its owner already.
    private static int place(KeyLock lock, @Nullable Hold own) {
        int modes = own == null ? 0 : own.modes;
        int place = 0;
        while (place < lock.waiters.size() && !lock.waiters.get(place).mode.excludesAny(modes)) {
            place++;
        }
        return place;
    }

    private static boolean isCompatible(KeyLock lock, Object owner, LockMode mode) {
        for (Hold hold : lock.holds) {
            if (mode.excludesAny(hold.modes) && !hold.owner.equals(owner)) {
                return false;
            }
        }
        return true;
    }

    private void take(KeyLock lock, Object owner, LockMode mode) {
        Hold own = lock.holdOf(owner);
        if (own == null) {
            own = new Hold(owner);
            lock.holds.add(own);
            owners.computeIfAbsent(owner, _ -> new OwnerState()).held.add(lock);
        }
        own.modes |= mode.bit();
    }

    private Waiter enqueue(KeyLock lock, Object owner, LockMode mode) {
        Waiter waiter = new Waiter(owner, mode, lock, guard.newCondition());
        if (lock.waiters.isEmpty()) {
            lock.waiters = new ArrayList<>(1);
        }
        lock.waiters.add(place(lock, lock.holdOf(owner)), waiter);
        owners.computeIfAbsent(owner, _ -> new OwnerState()).waiting = waiter;
        if (closesCycle(waiter)) {
            withdraw(waiter);
            throw new DeadlockException("waiting for the key would close a cycle of waiters");
        }
        return waiter;
    }

    private void await(Waiter waiter, long timeoutMillis) throws InterruptedException {
        long rest = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            while (!waiter.isGranted) {
                if (timeoutMillis < 0) {
                    waiter.granted.await();
                } else if (rest <= 0) {
                    throw new LockTimeoutException("the key stayed locked by another transaction");
                } else {
                    rest = waiter.granted.awaitNanos(rest);
                }
            }
        } finally {
            if (!waiter.isGranted) {
                withdraw(waiter);
            }
        }
    }

    private void withdraw(Waiter waiter) {
        OwnerState state = owners.get(waiter.owner);
        if (state != null) {
            state.waiting = null;
            forgetIfIdle(waiter.owner, state);
        }
        waiter.lock.waiters.remove(waiter);
        settle(waiter.lock);
    }

    /// Grants what can be granted now and forgets what nobody needs.
    private void settle(KeyLock lock) {
        int ahead = 0;
        for (Iterator<Waiter> each = lock.waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (waiter.mode.excludesAny(ahead) || !isCompatible(lock, waiter.owner, waiter.mode)) {
                ahead |= waiter.mode.bit();
                continue;
            }
            each.remove();
            waiter.isGranted = true;
            OwnerState state = owners.get(waiter.owner);
            if (state != null) {
                state.waiting = null;
            }
            take(lock, waiter.owner, waiter.mode);
            waiter.granted.signal();
        }
        if (lock.strong && !lock.needsStrong()) {
            lock.strong = false;
            strongKeys.decrementAndGet(lock.key.hashCode() & (STRIPES - 1));
        }
        if (lock.holds.isEmpty() && lock.waiters.isEmpty()) {
            locks.remove(lock.key);
        }
    }

    /// Whether those that `start` waits for wait in the end for its owner.
    private boolean closesCycle(Waiter start) {
        Set<Waiter> seen = new HashSet<>();
        ArrayDeque<Waiter> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            Waiter waiter = open.removeLast();
            for (Object blocker : blockersOf(waiter)) {
                if (blocker.equals(start.owner)) {
                    return true;
                }
                OwnerState state = owners.get(blocker);
                Waiter next = state == null ? null : state.waiting;
                if (next != null && seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }

    /// Holders that exclude the waiter, and waiters before it that will.
    private static List<Object> blockersOf(Waiter waiter) {
        List<Object> blockers = new ArrayList<>();
        for (Hold hold : waiter.lock.holds) {
            if (waiter.mode.excludesAny(hold.modes) && !hold.owner.equals(waiter.owner)) {
                blockers.add(hold.owner);
            }
        }
        for (Waiter earlier : waiter.lock.waiters) {
            if (earlier == waiter) {
                break;
            }
            if (earlier.mode.excludes(waiter.mode) && !earlier.owner.equals(waiter.owner)) {
                blockers.add(earlier.owner);
            }
        }
        return blockers;
    }
}
