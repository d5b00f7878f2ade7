package org.cladedb.session;

import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Stops a running statement from another thread: cancel requests, timeouts, termination.
///
/// A stop sets a flag that loops read, and interrupts the session's thread, which wakes it from
/// waiting for a lock. While the thread reads or writes its connection it must not be interrupted,
/// since that would close the socket; that is therefore done between [#enterTransfer()] and
/// [#leaveTransfer()].
public final class StatementControl {
    /// How long a statement runs before it looks whether others wait.
    private static final long SLICE_NANOS = 1_000_000;

    /// Why a statement was stopped.
    public enum Reason {
        CANCELLED("canceling statement due to user request"),
        TIMED_OUT("canceling statement due to statement timeout"),
        TERMINATED("terminating connection due to administrator command"),
        OUT_OF_MEMORY("out of memory");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    private final Clock clock;
    private final ProcessorTurns.Turn turn;

    /// Guards `runner`, `inTransfer` and the interrupts that depend on them.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Thread runner;
    private boolean inTransfer;
    private volatile @Nullable Reason reason;
    private long sliceBegan;

    StatementControl(Clock clock, ProcessorTurns turns) {
        this.clock = clock;
        this.turn = turns.turn();
    }

    /// The calling thread starts a statement. A cancel that came while none ran is forgotten.
    void begin() {
        lock.lock();
        try {
            runner = Thread.currentThread();
            if (reason != Reason.TERMINATED) {
                reason = null;
            }
        } finally {
            lock.unlock();
        }
        turn.begin();
        sliceBegan = clock.nanoTime();
    }

    /// The statement goes on on the calling thread, while the one that began it waits or after it
    /// waited.
    void moveHere() {
        lock.lock();
        try {
            clearInterrupt();
            runner = Thread.currentThread();
            if (reason != null) {
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The statement is over; nobody interrupts this thread from now on.
    void end() {
        turn.end();
        lock.lock();
        try {
            runner = null;
            clearInterrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Stops the statement that runs, if any. Any thread.
    void stop(Reason why) {
        lock.lock();
        try {
            if (runner == null && why != Reason.TERMINATED) {
                return;
            }
            if (reason == null || why == Reason.TERMINATED) {
                reason = why;
            }
            if (runner != null && !inTransfer) {
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The thread is about to block in its connection.
    public void enterTransfer() {
        lock.lock();
        try {
            inTransfer = true;
            clearInterrupt();
        } finally {
            lock.unlock();
        }
    }

    /// The thread is back from its connection.
    public void leaveTransfer() {
        lock.lock();
        try {
            inTransfer = false;
            if (runner != null && reason != null) {
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ThreadResultIgnored") // what was interrupted is kept in `reason`
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    /// Throws when the statement was stopped; gives others a turn now and then.
    void check() {
        throwIfStopped();
        if (clock.nanoTime() - sliceBegan > SLICE_NANOS) {
            turn.pass();
            throwIfStopped();
            sliceBegan = clock.nanoTime();
        }
    }

    /// Throws when the statement that runs was stopped; does nothing when none runs. The session's
    /// thread only.
    public void throwIfStopped() {
        if (reason != null && runner != null) {
            throw stopped();
        }
    }

    /// Whether a statement runs that nobody has stopped. Any thread.
    boolean isRunning() {
        lock.lock();
        try {
            return runner != null && reason == null;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a statement was stopped because memory ran out, and still runs. Any thread.
    boolean isStoppingForMemory() {
        lock.lock();
        try {
            return runner != null && reason == Reason.OUT_OF_MEMORY;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        return reason != null;
    }

    /// The error to report for the stop.
    DatabaseException stopped() {
        Reason why = reason;
        if (why == Reason.TERMINATED) {
            return new DatabaseException(SqlState.ADMIN_SHUTDOWN, why.message);
        }
        if (why == Reason.OUT_OF_MEMORY) {
            return Guard.outOfMemory();
        }
        return new DatabaseException(
                SqlState.QUERY_CANCELED, why == null ? Reason.CANCELLED.message : why.message);
    }
}
