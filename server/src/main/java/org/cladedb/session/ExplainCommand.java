package org.cladedb.session;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Explain;

/// EXPLAIN.
final class ExplainCommand {
    private final Session session;

    ExplainCommand(Session session) {
        this.session = session;
    }

    UtilityResult execute(Explain explain, Portal portal) {
        throw new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "EXPLAIN is not supported yet: " + session.processId() + explain + portal.name());
    }
}
