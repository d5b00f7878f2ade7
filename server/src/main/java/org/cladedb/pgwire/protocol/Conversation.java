package org.cladedb.pgwire.protocol;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.FrontendMessage;
import org.cladedb.pgwire.message.Report;
import org.cladedb.session.Session;
import org.cladedb.session.Timer;

/// The messages of one session: which is answered how, what follows an error, and when output is
/// sent. Owned by the connection's thread.
final class Conversation {
    private final Session session;
    private final Timer timer;
    private final ConnectionEnd ending;
    private final WireInput input;
    private final WireOutput output;
    private final BackendWriter writer;
    private final WireReceiver receiver;
    private final ExtendedProtocol extended;
    private boolean skipping;

    Conversation(
            Session session,
            Timer timer,
            ConnectionEnd ending,
            WireInput input,
            WireOutput output,
            BackendWriter writer) {
        this.session = session;
        this.timer = timer;
        this.ending = ending;
        this.input = input;
        this.output = output;
        this.writer = writer;
        receiver = new WireReceiver(input, output, writer, ending);
        extended = new ExtendedProtocol(session.extended(), writer, receiver);
    }

    /// Returns when the client left or was thrown out; the latter it has to be told yet.
    ///
    /// @throws DatabaseException when the protocol was violated, or the session was terminated
    ///   while it ran a statement
    void run() {
        readyForQuery();
        while (awaitMessage()) {
            boolean isSync = input.type() == 'S';
            if (input.type() == 'X') {
                return;
            }
            if (!skipping || isSync) {
                answer();
            }
            if (ending.reason().isPresent()) {
                return;
            }
        }
    }

    private boolean awaitMessage() {
        if (input.hasBuffered()) {
            return input.next();
        }
        input.goIdle();
        output.goIdle();
        Timer.Scheduled timeout = idleTimeout();
        try {
            return input.next();
        } finally {
            timeout.cancel();
        }
    }

    private Timer.Scheduled idleTimeout() {
        boolean inTransaction = session.transactionStatus() != 'I';
        long millis =
                inTransaction
                        ? session.idleInTransactionTimeoutMillis()
                        : session.idleTimeoutMillis();
        return millis == 0
                ? () -> {}
                : timer.schedule(
                        millis,
                        () ->
                                ending.end(
                                        inTransaction
                                                ? ConnectionEnd.idleInTransaction()
                                                : ConnectionEnd.idle()));
    }

    private void answer() {
        boolean simple = input.type() == 'Q' || input.type() == 'F';
        try {
            answer(decode());
        } catch (DatabaseException failure) {
            if (failure.state() == SqlState.ADMIN_SHUTDOWN) {
                // The last thing that the client hears: nothing is ready after it.
                throw failure;
            }
            error(failure);
            if (ending.reason().isPresent()) {
                return;
            }
            skipping = !simple && input.type() != 'S';
            if (!skipping) {
                readyForQuery();
            }
        }
    }

    private FrontendMessage decode() {
        try {
            return Connection.decode(input);
        } catch (DatabaseException malformed) {
            throw session.failed(malformed);
        } catch (OutOfMemoryError _) {
            throw session.outOfMemory();
        }
    }

    private void answer(FrontendMessage message) {
        switch (message) {
            case FrontendMessage.Query query -> {
                session.simple().run(query.sql(), receiver);
                readyForQuery();
            }
            case FrontendMessage.Parse parse -> extended.parse(parse);
            case FrontendMessage.Bind bind -> extended.bind(bind);
            case FrontendMessage.Describe describe -> extended.describe(describe);
            case FrontendMessage.Execute execute -> extended.execute(execute);
            case FrontendMessage.Close close -> extended.close(close);
            case FrontendMessage.Sync _ -> {
                skipping = false;
                session.extended().sync(receiver);
                readyForQuery();
            }
            case FrontendMessage.Flush _ -> output.flush();
            case FrontendMessage.FunctionCall _ ->
                    throw session.failed(
                            new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "fastpath function calls are not supported"));
            case FrontendMessage.CopyData _,
                    FrontendMessage.CopyDone _,
                    FrontendMessage.CopyFail _ -> {
                // The rest of a COPY that failed here already.
            }
            case FrontendMessage.Terminate _ -> {
                // Handled before decoding.
            }
        }
    }

    private void error(DatabaseException failure) {
        writer.error(Report.of("ERROR", failure));
        // A client may wait for it before it sends Sync: its Flush is skipped like all else.
        output.flush();
    }

    private void readyForQuery() {
        session.reportChanges(writer::parameterStatus);
        writer.readyForQuery(session.transactionStatus());
        output.flush();
    }
}
