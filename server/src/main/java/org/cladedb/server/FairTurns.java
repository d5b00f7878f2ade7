package org.cladedb.server;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.common.Clock;
import org.cladedb.session.ProcessorTurns;
import org.jspecify.annotations.Nullable;

/// Lets no more long statements run at a time than there are processors, in turns, and has these
/// give their carriers away at each pass when others wait. Safe for any thread.
///
/// To run on, a statement that passes needs one of the places. Who waits for one is parked and in
/// none of the scheduler's queues, since a carrier that has found a queue with work leaves it only
/// when it is empty: more long statements than carriers would keep all others from running for
/// ever. For the same reason pausing is parking for an instant, after which the thread queues as if
/// it came from outside, and not `Thread.yield`, which queues it with its own carrier.
///
/// A place is not kept by who does not pass for a while: it is blocked, by a lock that another long
/// statement may hold, or it is in a long function ([CarrierWatch] sees to that).
final class FairTurns implements ProcessorTurns {
    private static final long PAUSE_NANOS = 20_000;

    /// How long a place is kept when others want it.
    private static final long KEPT_NANOS = 10_000_000;

    /// How long a place is kept for who does not pass.
    private static final long UNSEEN_NANOS = 20_000_000;

    /// Who has run for less goes before who has run for more …
    private static final long YOUNG_NANOS = 50_000_000;

    /// … unless the other came so much earlier.
    private static final long PATIENCE_NANOS = 50_000_000;

    private final Clock clock;
    private final Carriers carriers;
    private final Runnable wake;

    /// Guards all below and the fields of places.
    private final ReentrantLock guard = new ReentrantLock();

    private final @Nullable Place[] places;
    private final ArrayDeque<Place> young = new ArrayDeque<>();
    private final ArrayDeque<Place> old = new ArrayDeque<>();

    /// Shares `processors`; calls `wake` when a statement begins.
    FairTurns(Clock clock, Carriers carriers, int processors, Runnable wake) {
        this.clock = clock;
        this.carriers = carriers;
        this.wake = wake;
        places = new Place[processors];
    }

    @Override
    public Turn turn() {
        return new Place();
    }

    /// Gives the places of those that have not passed for a while to others. Call it every ten
    /// milliseconds or so.
    void giveUnseenAway() {
        guard.lock();
        try {
            long now = clock.nanoTime();
            for (int i = 0; i < places.length; i++) {
                Place holder = places[i];
                if (holder == null || now - holder.seen > UNSEEN_NANOS) {
                    give(i, now);
                }
            }
        } finally {
            guard.unlock();
        }
    }

    /// Gives a place to who is next; to nobody if none waits.
    private void give(int index, long now) {
        Place next = next();
        places[index] = next;
        if (next != null) {
            next.since = now;
            next.seen = now;
            next.waits = false;
            LockSupport.unpark(next.thread);
        }
    }

    private int indexOf(@Nullable Place place) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == place) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Place next() {
        Place younger = young.peek();
        Place older = old.peek();
        boolean takesOlder =
                younger == null
                        || (older != null && older.arrived + PATIENCE_NANOS - younger.arrived < 0);
        return takesOlder ? old.poll() : young.poll();
    }

    /// One session's place, or its wish for one. Its fields but `begun` are guarded by `guard`;
    /// only the session's thread sets `begun`.
    private final class Place implements Turn {
        /// When the statement passed first; 0 when it has not.
        private long begun;

        private @Nullable Thread thread;
        private long arrived;
        private long since;
        private long seen;
        private volatile boolean waits;

        @Override
        public void begin() {
            wake.run();
        }

        @Override
        public void pass() {
            if (carriers.someWait()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (!runsOn()) {
                await();
            }
        }

        /// Whether it has a place and keeps it; otherwise it waits for one now.
        private boolean runsOn() {
            guard.lock();
            try {
                long now = clock.nanoTime();
                if (begun == 0) {
                    begun = now;
                }
                int index = indexOf(this);
                if (index < 0) {
                    index = indexOf(null);
                    if (index >= 0) {
                        places[index] = this;
                        since = now;
                    }
                }
                if (index >= 0 && mayKeep(now)) {
                    seen = now;
                    return true;
                }
                queue(now);
                if (index >= 0) {
                    give(index, now);
                }
                return !waits;
            } finally {
                guard.unlock();
            }
        }

        private boolean isYoung(long now) {
            return now - begun < YOUNG_NANOS;
        }

        private boolean mayKeep(long now) {
            if (now - since > KEPT_NANOS) {
                return young.isEmpty() && old.isEmpty();
            }
            return young.isEmpty() || isYoung(now);
        }

        private void queue(long now) {
            thread = Thread.currentThread();
            arrived = now;
            waits = true;
            (isYoung(now) ? young : old).add(this);
        }

        private void await() {
            while (waits && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            if (waits) {
                leave();
            }
        }

        @Override
        public void end() {
            if (begun != 0) {
                leave();
                begun = 0;
            }
        }

        private void leave() {
            guard.lock();
            try {
                waits = false;
                young.remove(this);
                old.remove(this);
                int index = indexOf(this);
                if (index >= 0) {
                    give(index, clock.nanoTime());
                }
            } finally {
                guard.unlock();
            }
        }
    }
}
