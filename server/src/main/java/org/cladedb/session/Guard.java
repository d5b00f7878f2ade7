package org.cladedb.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.cladedb.common.CancelledException;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.ErrorFields;
import org.cladedb.error.SqlState;
import org.cladedb.session.copy.CopyInput;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.txn.KvFailures;
import org.jspecify.annotations.Nullable;

/// Wraps each command of the client: timeout before, and after a failure the transaction brought
/// into the right state and the error into the form that goes out.
final class Guard {
    private static final Logger LOGGER = System.getLogger("org.cladedb.session");

    private final Session session;
    private final StatementTimeout timeout;

    Guard(Session session) {
        this.session = session;
        this.timeout = new StatementTimeout(session);
    }

    /// Runs `command`, whose positions count in `text`.
    void run(String text, ResultReceiver receiver, Runnable command) {
        call(
                text,
                receiver,
                () -> {
                    command.run();
                    return true;
                });
    }

    /// Runs `command` for its result.
    <T extends @Nullable Object> T call(String text, ResultReceiver receiver, Supplier<T> command) {
        session.control().begin();
        Timer.Scheduled stop = timeout.resume();
        session.receiveNotices(receiver);
        if (!text.isEmpty()) {
            session.activity(new SessionActivity("active", text));
        }
        try {
            session.control().throwIfStopped();
            session.transaction().commandArrived();
            return command.get();
        } catch (DatabaseException failure) {
            throw failed(text, failure);
        } catch (CancelledException _) {
            throw failed(text, session.control().stopped());
        } catch (StaleRowException _) {
            throw failed(text, QueryExecution.serializationFailure());
        } catch (CopyInput.Gone gone) {
            session.portals().closeLive();
            throw gone;
        } catch (StackOverflowError _) {
            throw failed(
                    text,
                    new DatabaseException(
                            SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded"));
        } catch (OutOfMemoryError _) {
            throw failed(text, outOfMemory());
        } catch (RuntimeException bug) {
            throw failed(text, KvFailures.unexpected(bug));
        } finally {
            session.receiveNotices(null);
            stop.cancel();
            session.control().end();
            session.memory().settle();
            session.activity(session.activity().ended(session.transactionStatus()));
        }
    }

    /// The statement is complete: its time limit with it.
    void statementEnded() {
        timeout.end();
    }

    /// The process has no memory left, in spite of all accounts: the statement that met it ends.
    static DatabaseException outOfMemory() {
        return new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                .withDetail("The heap of the server is used up.");
    }

    /// What follows a failure; returns the error as it goes out.
    DatabaseException failed(String text, DatabaseException failure) {
        log(failure);
        // What cleans up is not stopped by the stop that made it necessary.
        session.control().end();
        timeout.end();
        DatabaseException reported = failure;
        if (failure.state() == SqlState.QUERY_CANCELED && session.control().isStopped()) {
            reported = session.control().stopped();
        }
        try {
            session.portals().closeLive();
            session.transaction().failed();
        } catch (DatabaseException second) {
            log(second);
        }
        return inCharacters(text, reported);
    }

    void log(DatabaseException failure) {
        if (failure.state() == SqlState.INTERNAL_ERROR
                || failure.state() == SqlState.DATA_CORRUPTED) {
            LOGGER.log(Level.ERROR, "statement failed", failure);
        }
    }

    /// Positions count chars here and code points on the wire; they differ beyond the BMP.
    private static DatabaseException inCharacters(String text, DatabaseException failure) {
        ErrorFields fields = failure.fields();
        if (fields.position() <= 0 || fields.position() > text.length()) {
            return failure;
        }
        int codePoints = text.codePointCount(0, fields.position());
        return codePoints == fields.position() ? failure : failure.movedTo(codePoints);
    }
}
