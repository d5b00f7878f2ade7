package org.cladedb.server;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cladedb.session.Timer;

/// A timer with one thread of its own. Safe for any thread.
final class ThreadTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, ThreadTimer::thread);

    ThreadTimer() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("cladedb-timer");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Scheduled schedule(long delayMillis, Runnable action) {
        Future<?> scheduled = executor.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
