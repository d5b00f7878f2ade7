package org.cladedb.common;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes threads with a large stack, for work that recurses deeper than the stack of an ordinary
/// thread allows: trees of thousands of levels, which people rarely write but programs do.
///
/// The address space of the stack is reserved, memory is taken as it is used and given back with
/// the thread. Making the thread and waiting for it costs some tens of microseconds. Safe for any
/// thread.
public final class DeepStack {
    /// How many times more than on an ordinary thread (half a megabyte of stack is the least that
    /// work may count on there) fits.
    public static final int TIMES_DEEPER = 64;

    private static final long STACK_BYTES = 256L << 20;

    private final Semaphore free;

    /// @param threadsMax so many may be in use at a time
    public DeepStack(int threadsMax) {
        free = new Semaphore(threadsMax);
    }

    /// Whether the calling thread is one that some [DeepStack] made.
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof DeepThread<?>;
    }

    /// Takes the right to [#call]; false when all are taken. Whoever has it gives it back with
    /// [#release()].
    public boolean tryAcquire() {
        return free.tryAcquire();
    }

    public void release() {
        free.release();
    }

    /// Runs `work` on a new thread with a large stack and waits for it, however often the caller is
    /// interrupted meanwhile; an interrupt is kept. What `work` throws is thrown here.
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        DeepThread<T> thread = new DeepThread<>(work);
        thread.setDaemon(true);
        thread.start();
        return thread.await();
    }

    private static final class DeepThread<T extends @Nullable Object> extends Thread {
        private final Supplier<T> work;
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable T result;
        private @Nullable Throwable failure;

        DeepThread(Supplier<T> work) {
            super(null, null, "cladedb-deep", STACK_BYTES, false);
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            } finally {
                done.countDown();
            }
        }

        @SuppressWarnings("NullAway") // the result is null only where T may be
        T await() {
            boolean interrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return result;
        }
    }
}
