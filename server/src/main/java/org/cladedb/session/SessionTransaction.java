package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.storage.group.RowRules;
import org.cladedb.txn.Database;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.IsolationLevel;
import org.cladedb.txn.SessionLocks;
import org.jspecify.annotations.Nullable;

/// The transaction block of a session, and the transaction of the database below it, which is begun
/// only when a statement needs it. Owned by the session's thread.
final class SessionTransaction {
    static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

    /// What kind of block the session is in.
    enum Block {
        /// None: the next statement starts an implicit one.
        NONE,
        /// Ends with the statement, the query string or the next Sync.
        IMPLICIT,
        /// Since BEGIN.
        EXPLICIT,
        /// Since an error after BEGIN.
        FAILED
    }

    /// What the rest of the session does around the ends of transactions.
    interface Listener {
        /// A transaction of the database has begun, and written nothing yet.
        void began(DatabaseTransaction transaction);

        /// The current statement is about to end although its rows may not all have been read.
        void beforeStatementEnds();

        /// The transaction is about to commit; may fail it.
        void beforeCommit();

        /// The transaction is over.
        void ended(boolean committed);

        /// What was made since a savepoint is gone.
        void rolledBackTo(int depth);
    }

    private record Savepoint(String name, Settings.Mark settings) {}

    private final Database database;
    private final SessionLocks locks;
    private final RowRules.Source rules;
    private final Clock clock;
    private final Settings settings;
    private final Listener listener;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private Block block = Block.NONE;
    private @Nullable DatabaseTransaction current;
    private Settings.Mark settingsAtStart;
    private IsolationLevel isolation = IsolationLevel.READ_COMMITTED;
    private boolean readOnly;
    private boolean deferrable;
    private boolean statementOpen;
    private boolean statementUsed;
    private boolean queried;
    private boolean several;
    private boolean pipelined;
    private long startMicros;
    private long statementMicros;

    SessionTransaction(
            Database database,
            RowRules.Source rules,
            Clock clock,
            Settings settings,
            Listener listener) {
        this.database = database;
        this.locks = database.newLocks();
        this.rules = rules;
        this.clock = clock;
        this.settings = settings;
        this.listener = listener;
        this.settingsAtStart = settings.mark();
    }

    Block block() {
        return block;
    }

    IsolationLevel isolation() {
        return block == Block.NONE ? defaultIsolation() : isolation;
    }

    boolean isReadOnly() {
        return block == Block.NONE ? settings.isOn("default_transaction_read_only") : readOnly;
    }

    boolean isDeferrable() {
        return block == Block.NONE ? settings.isOn("default_transaction_deferrable") : deferrable;
    }

    /// Matters to serializable read-only transactions only, which never wait here.
    void setDeferrable(boolean value) {
        if (queried) {
            throw new DatabaseException(
                    SqlState.ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION [NOT] DEFERRABLE must be called before any query");
        }
        deferrable = value;
    }

    /// Microseconds since 2000 when the transaction began.
    long startMicros() {
        return startMicros;
    }

    /// Microseconds since 2000 when the statement began.
    long statementMicros() {
        return statementMicros;
    }

    long nowMicros() {
        return clock.epochMicros() - EPOCH_2000_MICROS;
    }

    /// A command of the client arrived: the time that now() of a new transaction shows.
    void commandArrived() {
        statementMicros = nowMicros();
    }

    /// Whether the text that runs now has several statements, which then are a block.
    void severalStatements(boolean value) {
        several = value;
    }

    /// A statement has run that the client may send others after, before it ends the implicit
    /// block.
    void statementExecuted() {
        pipelined = block == Block.IMPLICIT;
    }

    /// Makes sure that there is a block to work in.
    void ensureBlock() {
        if (block == Block.NONE) {
            start(Block.IMPLICIT);
        }
    }

    private void start(Block kind) {
        block = kind;
        isolation = defaultIsolation();
        readOnly = settings.isOn("default_transaction_read_only");
        deferrable = settings.isOn("default_transaction_deferrable");
        queried = false;
        startMicros = statementMicros;
        settingsAtStart = settings.mark();
    }

    private IsolationLevel defaultIsolation() {
        return switch (settings.text("default_transaction_isolation")) {
            case "repeatable read" -> IsolationLevel.REPEATABLE_READ;
            case "serializable" -> IsolationLevel.SERIALIZABLE;
            default -> IsolationLevel.READ_COMMITTED;
        };
    }

    /// The transaction of the database, begun if need be.
    DatabaseTransaction transaction() {
        DatabaseTransaction transaction = current;
        if (transaction == null) {
            transaction = database.begin(isolation, readOnly, locks);
            transaction.setRowRules(rules);
            listener.began(transaction);
            current = transaction;
        }
        return transaction;
    }

    /// Starts a statement: what it sees is fixed from here on.
    void beginStatement(long lockTimeoutMillis) {
        closeStatement();
        DatabaseTransaction transaction = transaction();
        transaction.setLockTimeoutMillis(lockTimeoutMillis == 0 ? -1 : lockTimeoutMillis);
        transaction.beginStatement();
        statementOpen = true;
        statementUsed = false;
        queried = true;
    }

    /// Starts a statement that only looks names up: after it, what the transaction sees is as open
    /// as before.
    void beginLooking(long lockTimeoutMillis) {
        closeStatement();
        DatabaseTransaction transaction = transaction();
        transaction.setLockTimeoutMillis(lockTimeoutMillis == 0 ? -1 : lockTimeoutMillis);
        transaction.beginLooking();
        statementOpen = true;
        statementUsed = true;
    }

    /// Whose locks its transactions hold.
    SessionLocks locks() {
        return locks;
    }

    /// Takes the statement that was begun for analysis and not yet run; false when there is none.
    boolean takeUnused() {
        boolean unused = statementOpen && !statementUsed;
        statementUsed = true;
        return unused;
    }

    /// Ends a statement that was begun for analysis only.
    void endUnused() {
        if (statementOpen && !statementUsed) {
            endStatement();
        }
    }

    void endStatement() {
        if (statementOpen) {
            statementOpen = false;
            transaction().endStatement();
        }
    }

    /// Undoes the current statement and keeps the transaction.
    void rollbackStatement() {
        statementOpen = false;
        transaction().rollbackStatement();
    }

    boolean isStatementOpen() {
        return statementOpen;
    }

    /// Whether a query ran already in this block.
    boolean hasQueried() {
        return queried;
    }

    /// BEGIN; an implicit block becomes an explicit one.
    void begin() {
        if (block == Block.NONE) {
            start(Block.EXPLICIT);
        } else {
            block = Block.EXPLICIT;
        }
    }

    void setIsolation(IsolationLevel level) {
        if (isolation != level && queried) {
            throw new DatabaseException(
                    SqlState.ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query");
        }
        isolation = level;
        applyMode();
    }

    void setReadOnly(boolean value) {
        if (readOnly && !value && queried) {
            throw new DatabaseException(
                    SqlState.ACTIVE_SQL_TRANSACTION,
                    "transaction read-write mode must be set before any query");
        }
        readOnly = value;
        applyMode();
    }

    private void applyMode() {
        DatabaseTransaction transaction = current;
        if (transaction != null) {
            transaction.setMode(isolation, readOnly);
        }
    }

    /// Commits; on failure everything is rolled back and the error thrown.
    void commit(boolean synchronous) {
        if (block == Block.FAILED) {
            rollback();
            return;
        }
        try {
            listener.beforeCommit();
            endStatement();
            if (current != null) {
                current.commit(synchronous);
            }
        } catch (RuntimeException | Error failure) {
            rollback();
            throw failure;
        }
        settings.endLocal();
        finish(true);
    }

    void rollback() {
        statementOpen = false;
        DatabaseTransaction transaction = current;
        current = null;
        try {
            if (transaction != null) {
                transaction.rollback();
            }
        } finally {
            settings.restore(settingsAtStart);
            finish(false);
        }
    }

    private void finish(boolean committed) {
        current = null;
        block = Block.NONE;
        pipelined = false;
        savepoints.clear();
        listener.ended(committed);
    }

    /// An error ended the current statement.
    void failed() {
        switch (block) {
            case NONE, FAILED -> {}
            case IMPLICIT -> rollback();
            case EXPLICIT -> {
                block = Block.FAILED;
                if (statementOpen) {
                    rollbackStatement();
                }
                if (savepoints.isEmpty() && current != null) {
                    DatabaseTransaction transaction = current;
                    current = null;
                    transaction.rollback();
                }
            }
        }
    }

    void savepoint(String name) {
        requireBegun("SAVEPOINT");
        closeStatement();
        transaction().savepoint(name);
        savepoints.add(new Savepoint(name, settings.mark()));
    }

    void release(String name) {
        requireBegun("RELEASE SAVEPOINT");
        int index = find(name);
        closeStatement();
        transaction().release(name);
        savepoints.subList(index, savepoints.size()).clear();
    }

    void rollbackTo(String name) {
        requireBegun("ROLLBACK TO SAVEPOINT");
        int index = find(name);
        if (statementOpen) {
            rollbackStatement();
        }
        transaction().rollbackTo(name);
        settings.restore(savepoints.get(index).settings());
        savepoints.subList(index + 1, savepoints.size()).clear();
        block = Block.EXPLICIT;
        listener.rolledBackTo(index);
    }

    /// How many savepoints there are now.
    int savepointDepth() {
        return savepoints.size();
    }

    private void closeStatement() {
        if (statementOpen) {
            listener.beforeStatementEnds();
            endStatement();
        }
    }

    private int find(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new DatabaseException(
                SqlState.INVALID_SAVEPOINT_SPECIFICATION,
                "savepoint \"%s\" does not exist".formatted(name));
    }

    /// Whether what runs now is not a transaction of its own. Several statements in one message are
    /// together, too.
    boolean isInBlock() {
        return several || !(block == Block.NONE || block == Block.IMPLICIT);
    }

    /// For what ends with the transaction.
    ///
    /// @throws DatabaseException 25P01 where nothing could follow in the same transaction
    void requireBlock(String command) {
        if (!isInBlock()) {
            throw noBlock(command);
        }
    }

    /// @throws DatabaseException 25P01 outside of a block that BEGIN began
    private void requireBegun(String command) {
        if (block == Block.NONE || block == Block.IMPLICIT) {
            throw noBlock(command);
        }
    }

    private static DatabaseException noBlock(String command) {
        return new DatabaseException(
                SqlState.NO_ACTIVE_SQL_TRANSACTION,
                command + " can only be used in transaction blocks");
    }

    /// @throws DatabaseException 25001 inside of a block with other statements
    void preventBlock(String command) {
        if (block == Block.EXPLICIT || block == Block.FAILED || several) {
            throw new DatabaseException(
                    SqlState.ACTIVE_SQL_TRANSACTION,
                    command + " cannot run inside a transaction block");
        }
        if (pipelined) {
            throw new DatabaseException(
                    SqlState.ACTIVE_SQL_TRANSACTION,
                    command + " cannot be executed within a pipeline");
        }
    }

    /// @throws DatabaseException 25006
    void preventReadOnly(String command) {
        if (isReadOnly()) {
            throw new DatabaseException(
                    SqlState.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute %s in a read-only transaction".formatted(command));
        }
    }

    /// @throws DatabaseException 25P02
    void preventFailed() {
        if (block == Block.FAILED) {
            throw new DatabaseException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction"
                            + " block");
        }
    }
}
