package org.cladedb.session;

import java.util.List;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.SqlParser;

/// The simple query protocol: a text with any number of statements, all in one implicit transaction
/// unless they say otherwise.
public final class SimpleQueries {
    private static final int[] NO_TYPES = {};

    private final Session session;

    SimpleQueries(Session session) {
        this.session = session;
    }

    /// Runs the statements in `text` and sends their results.
    ///
    /// @throws org.cladedb.error.DatabaseException for the first that fails; those after it are not
    ///   run
    public void run(String text, ResultReceiver receiver) {
        session.guard().statementEnded();
        session.guard().run(text, receiver, () -> runAll(text, receiver));
        session.guard().statementEnded();
    }

    private void runAll(String text, ResultReceiver receiver) {
        session.portals().close("");
        if (session.transaction().block() != SessionTransaction.Block.FAILED) {
            PreparedStatement cached = session.statements().cachedOrShaped(text);
            if (cached != null && cached.parameterTypes().isEmpty()) {
                runOne(cached, true, receiver);
                return;
            }
        }
        List<ParsedStatement> statements = session.stack().prepare(() -> SqlParser.parse(text));
        if (statements.isEmpty()) {
            finishImplicit();
            receiver.emptyQuery();
        }
        session.transaction().severalStatements(statements.size() > 1);
        try {
            runAll(text, statements, receiver);
        } finally {
            session.transaction().severalStatements(false);
        }
    }

    private void runAll(String text, List<ParsedStatement> statements, ResultReceiver receiver) {
        for (int i = 0; i < statements.size(); i++) {
            ParsedStatement parsed = statements.get(i);
            session.transaction().commandArrived();
            PreparedStatement prepared =
                    session.stack()
                            .run(
                                    parsed.deep(),
                                    () ->
                                            session.statements()
                                                    .prepareWithoutParameters(
                                                            text, parsed.statement()));
            if (statements.size() == 1) {
                session.statements().keep(text, prepared);
            }
            runOne(prepared, i == statements.size() - 1, receiver);
        }
    }

    private void runOne(PreparedStatement prepared, boolean last, ResultReceiver receiver) {
        Portal portal = session.statements().bind("", prepared, List.of(), NO_TYPES, false);
        session.portals().add(portal);
        StatementExecution.Outcome outcome = session.execution().run(portal, 0, true, receiver);
        session.portals().close("");
        if (last) {
            finishImplicit();
        }
        receiver.complete(outcome.tag());
    }

    private void finishImplicit() {
        if (session.transaction().block() == SessionTransaction.Block.IMPLICIT) {
            session.transaction().commit(session.typed().synchronousCommit());
        }
    }
}
