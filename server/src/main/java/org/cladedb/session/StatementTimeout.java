package org.cladedb.session;

import java.util.concurrent.TimeUnit;

/// `statement_timeout`: the time runs from the first message about a statement, through whatever
/// the client does in between, until an Execute has completed it. Owned by the session's thread.
final class StatementTimeout {
    private static final Timer.Scheduled NONE = () -> {};

    private final Session session;
    private boolean running;
    private long endNanos;

    StatementTimeout(Session session) {
        this.session = session;
    }

    /// Sees to it that the command that begins is stopped in time; at once if the time is over.
    /// Cancel the result when the command ends.
    Timer.Scheduled resume() {
        long millis = session.typed().statementTimeoutMillis();
        if (millis == 0) {
            running = false;
            return NONE;
        }
        long now = session.services().clock().nanoTime();
        if (!running) {
            running = true;
            endNanos = now + TimeUnit.MILLISECONDS.toNanos(millis);
        }
        long left = endNanos - now;
        if (left <= 0) {
            stop();
            return NONE;
        }
        long leftMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        return session.services().timer().schedule(leftMillis, this::stop);
    }

    private void stop() {
        session.control().stop(StatementControl.Reason.TIMED_OUT);
    }

    /// The statement is over; the next one has its whole time.
    void end() {
        running = false;
    }
}
