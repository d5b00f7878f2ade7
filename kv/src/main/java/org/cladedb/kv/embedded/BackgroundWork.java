package org.cladedb.kv.embedded;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A thread of the store that does one kind of work whenever it is asked to. Work for which there
/// was no memory is done again soon, without being asked for.
final class BackgroundWork {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// The work; reports its failures itself, but for an OutOfMemoryError.
    interface Work {
        void run();
    }

    /// Threads that do not keep the process alive.
    static final ThreadFactory DAEMONS = Thread.ofPlatform().daemon().factory();

    private final Work work;
    private final Thread thread;
    // Guards the fields below.
    private final ReentrantLock guard = new ReentrantLock();
    private final Condition changed = guard.newCondition();
    private boolean requested;
    private boolean stopped;

    BackgroundWork(String name, ThreadFactory threads, Work work) {
        this.work = work;
        this.thread = threads.newThread(this::loop);
        thread.setName(name);
    }

    void start() {
        thread.start();
    }

    /// Asks for one more run; several requests before it begins are one.
    void request() {
        guard.lock();
        try {
            if (!requested) {
                requested = true;
                changed.signal();
            }
        } finally {
            guard.unlock();
        }
    }

    private void loop() {
        while (awaitRequest()) {
            try {
                work.run();
            } catch (OutOfMemoryError _) {
                requestAfterPause();
            }
        }
    }

    /// Nothing here allocates.
    private void requestAfterPause() {
        guard.lock();
        try {
            long left = PAUSE_NANOS;
            while (!requested && !stopped && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException _) {
                    // Nobody interrupts this thread; if so, the pause is over.
                    left = 0;
                }
            }
            requested = true;
        } finally {
            guard.unlock();
        }
    }

    private boolean awaitRequest() {
        guard.lock();
        try {
            while (!requested && !stopped) {
                changed.awaitUninterruptibly();
            }
            requested = false;
            return !stopped;
        } finally {
            guard.unlock();
        }
    }

    /// Returns once the thread has ended; work under way is finished.
    void stop() {
        guard.lock();
        try {
            stopped = true;
            changed.signal();
        } finally {
            guard.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
