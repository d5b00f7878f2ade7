package org.cladedb.session;

import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.types.ObjectNames;

/// Runs portals, whatever kind of statement they hold. Owned by the session's thread.
final class StatementExecution {
    private static final int CHECK_EVERY_ROWS = 1_024;

    private final Session session;
    private final QueryExecution queries;
    private final UtilityCommands utilities;

    StatementExecution(Session session) {
        this.session = session;
        this.queries = new QueryExecution(session);
        this.utilities = new UtilityCommands(session);
    }

    QueryExecution queries() {
        return queries;
    }

    /// How far a portal came.
    ///
    /// @param complete false when the row limit stopped it
    /// @param tag the command tag
    record Outcome(boolean complete, String tag) {}

    /// Runs `portal` until it ends or `rowsMax` rows were sent (0: all).
    ///
    /// @param announce whether the client has to be told the columns
    Outcome run(Portal portal, long rowsMax, boolean announce, ResultReceiver receiver) {
        return session.stack()
                .run(isDeep(portal.prepared()), () -> runHere(portal, rowsMax, announce, receiver));
    }

    /// A FETCH goes as deep as the query of its cursor.
    private boolean isDeep(PreparedStatement prepared) {
        if (prepared.statement() instanceof CursorStatement.Fetch fetch) {
            Portal cursor = session.portals().find(fetch.cursor());
            return cursor != null && cursor.prepared().isDeep();
        }
        return prepared.isDeep();
    }

    private Outcome runHere(
            Portal portal, long rowsMax, boolean announce, ResultReceiver receiver) {
        if (!portal.isStarted()) {
            start(portal, receiver);
        }
        RowSource rows = portal.rows();
        ResultShape shape = portal.shape();
        if (rows == null || shape == null) {
            String tag = portal.isDone() && portal.isCounted() ? portal.tag() + " 0" : portal.tag();
            portal.finish();
            return new Outcome(true, tag);
        }
        receiver.startRows(shape, portal.types(), announce);
        long sent = 0;
        while (rowsMax == 0 || sent < rowsMax) {
            if (!rows.next()) {
                return ended(portal, sent);
            }
            receiver.row(rows.row());
            sent++;
            if (sent % CHECK_EVERY_ROWS == 0) {
                session.control().check();
            }
        }
        return new Outcome(false, "");
    }

    private Outcome ended(Portal portal, long sent) {
        boolean ownStatement = portal.isLive();
        portal.finish();
        if (ownStatement) {
            session.transaction().endStatement();
        }
        return new Outcome(true, portal.isCounted() ? portal.tag() + " " + sent : portal.tag());
    }

    /// Starts `portal` without reading rows.
    void start(Portal portal, ResultReceiver receiver) {
        Statement statement = portal.prepared().statement();
        if (statement == null) {
            throw new IllegalStateException("an empty statement is not run");
        }
        if (portal.prepared().plan() != null) {
            if (!session.transaction().takeUnused()) {
                session.beginStatement();
                session.transaction().takeUnused();
            }
            queries.start(portal);
        } else {
            session.transaction().ensureBlock();
            portal.convertAs(session.types(ObjectNames.NONE));
            UtilityResult result = utilities.execute(statement, portal, receiver);
            portal.start(result.tag(), result.counted(), result.rows());
        }
    }
}
