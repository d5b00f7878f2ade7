package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// Does what must be done even though memory runs out: again, after a pause in which whoever holds
/// the memory may let go of it.
final class OutOfMemoryRetry {
    private static final int ATTEMPTS_MAX = 10;
    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    /// What can be begun again wherever it was left.
    interface Step {
        void run() throws IOException;
    }

    private OutOfMemoryRetry() {}

    /// @throws OutOfMemoryError there was no memory for half a second
    static void run(Step step) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            } catch (IllegalArgumentException e) {
                // With no memory for another error the JVM throws the one that it keeps again and
                // again. Where that happens while a resource is closed on account of it, the error
                // cannot be added to itself, and this comes instead.
                if (!(e.getCause() instanceof OutOfMemoryError error)) {
                    throw e;
                }
                if (attempt == ATTEMPTS_MAX) {
                    throw error;
                }
            }
            pause(pause);
            pause *= 2;
        }
    }

    private static void pause(long nanos) {
        // An interrupt would end every pause at once.
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
