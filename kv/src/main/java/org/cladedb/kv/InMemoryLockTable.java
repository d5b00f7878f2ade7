package org.cladedb.kv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The locks of one process.
///
/// Waiters of a key are served in order, except that a holder who wants more goes first. A request
/// that would have to wait first looks whether those it would wait for wait, directly or through
/// others, for its owner; then it is refused. Every edge of the waiting graph comes into being by
/// such a request, so a cycle never forms.
public final class InMemoryLockTable implements LockTable {
    /// One owner's hold on one key.
    private static final class Hold {
        final Object owner;
        LockMode mode;

        Hold(Object owner, LockMode mode) {
            this.owner = owner;
            this.mode = mode;
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
        @Nullable ArrayDeque<Waiter> waiters;

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

        boolean hasWaiters() {
            return waiters != null && !waiters.isEmpty();
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

    @Override
    public boolean lock(Object owner, byte[] key, LockMode mode, long timeoutMillis)
            throws InterruptedException {
        ByteKey byteKey = new ByteKey(key);
        guard.lock();
        try {
            KeyLock lock = locks.computeIfAbsent(byteKey, KeyLock::new);
            if (mayTake(lock, owner, mode)) {
                take(lock, owner, mode);
                return true;
            }
            if (timeoutMillis == 0) {
                throw new LockTimeoutException("the key is locked by another transaction");
            }
            await(enqueue(lock, owner, mode), timeoutMillis);
            return false;
        } finally {
            guard.unlock();
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
        if (own != null && (own.mode == LockMode.EXCLUSIVE || mode == LockMode.SHARED)) {
            return true;
        }
        // A new sharer queues behind waiting writers so that they are served at last.
        return (own != null || !lock.hasWaiters()) && isCompatible(lock, owner, mode);
    }

    private static boolean isCompatible(KeyLock lock, Object owner, LockMode mode) {
        for (Hold hold : lock.holds) {
            if (!hold.owner.equals(owner) && excludes(hold.mode, mode)) {
                return false;
            }
        }
        return true;
    }

    private static boolean excludes(LockMode one, LockMode other) {
        return one == LockMode.EXCLUSIVE || other == LockMode.EXCLUSIVE;
    }

    private void take(KeyLock lock, Object owner, LockMode mode) {
        Hold own = lock.holdOf(owner);
        if (own == null) {
            lock.holds.add(new Hold(owner, mode));
            owners.computeIfAbsent(owner, _ -> new OwnerState()).held.add(lock);
        } else if (mode == LockMode.EXCLUSIVE) {
            own.mode = LockMode.EXCLUSIVE;
        }
    }

    private Waiter enqueue(KeyLock lock, Object owner, LockMode mode) {
        Waiter waiter = new Waiter(owner, mode, lock, guard.newCondition());
        ArrayDeque<Waiter> waiters = lock.waiters;
        if (waiters == null) {
            waiters = new ArrayDeque<>();
            lock.waiters = waiters;
        }
        if (lock.holdOf(owner) != null) {
            waiters.addFirst(waiter);
        } else {
            waiters.addLast(waiter);
        }
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
            if (state.held.isEmpty()) {
                owners.remove(waiter.owner);
            }
        }
        ArrayDeque<Waiter> waiters = waiter.lock.waiters;
        if (waiters != null) {
            waiters.remove(waiter);
        }
        settle(waiter.lock);
    }

    /// Grants what can be granted now and forgets a lock that nobody needs.
    private void settle(KeyLock lock) {
        ArrayDeque<Waiter> waiters = lock.waiters;
        while (waiters != null && !waiters.isEmpty()) {
            Waiter first = waiters.getFirst();
            if (!isCompatible(lock, first.owner, first.mode)) {
                return;
            }
            waiters.removeFirst();
            first.isGranted = true;
            OwnerState state = owners.get(first.owner);
            if (state != null) {
                state.waiting = null;
            }
            take(lock, first.owner, first.mode);
            first.granted.signal();
        }
        if (lock.holds.isEmpty()) {
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
            if (!hold.owner.equals(waiter.owner) && excludes(hold.mode, waiter.mode)) {
                blockers.add(hold.owner);
            }
        }
        ArrayDeque<Waiter> waiters = waiter.lock.waiters;
        if (waiters != null) {
            for (Waiter earlier : waiters) {
                if (earlier == waiter) {
                    break;
                }
                if (!earlier.owner.equals(waiter.owner) && excludes(earlier.mode, waiter.mode)) {
                    blockers.add(earlier.owner);
                }
            }
        }
        return blockers;
    }
}
