package org.cladedb.session;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.session.SessionTransaction.Block;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TransactionMode;
import org.cladedb.sql.ast.TransactionStatement;
import org.cladedb.txn.IsolationLevel;

/// BEGIN, COMMIT, ROLLBACK, savepoints and transaction modes.
final class TransactionCommands {
    private final Session session;

    TransactionCommands(Session session) {
        this.session = session;
    }

    /// Whether the statement is allowed in a failed transaction, because it can end that state.
    static boolean isExit(Statement statement) {
        return statement instanceof TransactionStatement.Commit
                || statement instanceof TransactionStatement.Rollback
                || statement instanceof TransactionStatement.RollbackToSavepoint;
    }

    UtilityResult execute(TransactionStatement statement) {
        SessionTransaction transaction = session.transaction();
        return UtilityResult.of(
                switch (statement) {
                    case TransactionStatement.Begin begin -> begin(begin);
                    case TransactionStatement.Commit commit -> commit(commit.chain());
                    case TransactionStatement.Rollback rollback -> rollback(rollback.chain());
                    case TransactionStatement.Savepoint savepoint -> {
                        transaction.savepoint(savepoint.name());
                        yield "SAVEPOINT";
                    }
                    case TransactionStatement.ReleaseSavepoint release -> {
                        transaction.release(release.name());
                        yield "RELEASE";
                    }
                    case TransactionStatement.RollbackToSavepoint back -> {
                        transaction.rollbackTo(back.name());
                        yield "ROLLBACK";
                    }
                    case TransactionStatement.PrepareTransaction _,
                            TransactionStatement.FinishPrepared _ ->
                            throw new DatabaseException(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "two-phase commit is not supported");
                });
    }

    private String begin(TransactionStatement.Begin begin) {
        if (session.transaction().block() == Block.EXPLICIT) {
            session.notice(
                    Notice.warning(
                            SqlState.ACTIVE_SQL_TRANSACTION,
                            "there is already a transaction in progress"));
        }
        session.transaction().begin();
        apply(begin.modes());
        return begin.startTransaction() ? "START TRANSACTION" : "BEGIN";
    }

    /// Sets modes of the transaction that is there.
    void apply(List<TransactionMode> modes) {
        for (TransactionMode mode : modes) {
            switch (mode) {
                case TransactionMode.Isolation isolation ->
                        session.transaction().setIsolation(level(isolation.level()));
                case TransactionMode.Access access ->
                        session.transaction().setReadOnly(access.readOnly());
                case TransactionMode.Deferrable deferrable ->
                        session.transaction().setDeferrable(deferrable.deferrable());
            }
        }
    }

    static IsolationLevel level(TransactionMode.IsolationLevel level) {
        return switch (level) {
            case READ_UNCOMMITTED, READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
            case REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
            case SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
        };
    }

    private String commit(boolean chain) {
        SessionTransaction transaction = session.transaction();
        boolean failed = transaction.block() == Block.FAILED;
        Runnable next = chain(chain);
        warnOutsideBlock();
        transaction.commit(session.typed().synchronousCommit());
        next.run();
        return failed ? "ROLLBACK" : "COMMIT";
    }

    private String rollback(boolean chain) {
        Runnable next = chain(chain);
        warnOutsideBlock();
        session.portals().closeLive();
        session.transaction().rollback();
        next.run();
        return "ROLLBACK";
    }

    private void warnOutsideBlock() {
        Block block = session.transaction().block();
        if (block == Block.NONE || block == Block.IMPLICIT) {
            session.notice(
                    Notice.warning(
                            SqlState.NO_ACTIVE_SQL_TRANSACTION,
                            "there is no transaction in progress"));
        }
    }

    /// What AND CHAIN does after the end: begin again with the same modes.
    private Runnable chain(boolean chain) {
        if (!chain) {
            return () -> {};
        }
        SessionTransaction transaction = session.transaction();
        Block block = transaction.block();
        if (block == Block.NONE || block == Block.IMPLICIT) {
            throw new DatabaseException(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION,
                    "COMMIT AND CHAIN can only be used in transaction blocks");
        }
        IsolationLevel isolation = transaction.isolation();
        boolean readOnly = transaction.isReadOnly();
        return () -> {
            transaction.begin();
            transaction.setIsolation(isolation);
            transaction.setReadOnly(readOnly);
        };
    }
}
