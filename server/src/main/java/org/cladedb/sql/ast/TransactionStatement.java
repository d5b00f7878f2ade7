package org.cladedb.sql.ast;

import java.util.List;

/// Transaction control.
public sealed interface TransactionStatement extends Statement {
    /// @param startTransaction whether it was spelled START TRANSACTION (the command tag differs)
    record Begin(boolean startTransaction, List<TransactionMode> modes, int position)
            implements TransactionStatement {
        public Begin {
            modes = List.copyOf(modes);
        }
    }

    /// COMMIT or END.
    record Commit(boolean chain, int position) implements TransactionStatement {}

    /// ROLLBACK or ABORT.
    record Rollback(boolean chain, int position) implements TransactionStatement {}

    record Savepoint(String name, int position) implements TransactionStatement {}

    record ReleaseSavepoint(String name, int position) implements TransactionStatement {}

    record RollbackToSavepoint(String name, int position) implements TransactionStatement {}

    record PrepareTransaction(String identifier, int position) implements TransactionStatement {}

    record FinishPrepared(boolean commit, String identifier, int position)
            implements TransactionStatement {}
}
