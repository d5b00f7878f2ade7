package org.cladedb.session;

import org.cladedb.sql.ast.Definition;
import org.cladedb.txn.DatabaseTransaction;

/// Runs DDL; implemented over `ddl` by the wiring.
public interface UtilityStatements {
    /// Runs `statement` in `transaction`, between `beginStatement` and `endStatement`.
    ///
    /// @param text the text that the statement's positions count in
    /// @return the command tag
    String execute(
            Definition statement, String text, DatabaseTransaction transaction, Session session);
}
