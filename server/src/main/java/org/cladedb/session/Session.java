package org.cladedb.session;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.common.MemoryBudget;
import org.cladedb.error.DatabaseException;
import org.cladedb.functions.SeededRandom;
import org.cladedb.functions.SessionAccess;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.memory.MemoryLimits;
import org.cladedb.memory.SessionMemory;
import org.cladedb.storage.group.RowRules;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.txn.Database;
import org.cladedb.txn.DatabaseEntrance;
import org.cladedb.txn.ListedLock;
import org.cladedb.txn.Sequences;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// One client's session: joins its parts and is what they know each other by.
///
/// [#simple()] and [#extended()] are the two ways to run statements. Owned by the connection's
/// thread, except [#cancel()] and [#terminate()].
public final class Session implements AutoCloseable {
    private static final long KILOBYTE = 1024;

    private final SessionServices services;
    private final SessionIdentity identity;
    private final Database database;
    private final int processId;
    private final Settings settings;
    private final SessionMemory memory;
    private final StatementControl control;
    private final StackChoice stack;
    private final SessionTransaction transaction;
    private final SessionFunctions functions;
    private final SettingCommands settingCommands;
    private final QueryPlanner planner;
    private final PreparedStatements statements;
    private final Portals portals;
    private final StatementExecution execution;
    private final Guard guard;
    private final SimpleQueries simple;
    private final ExtendedQueries extended;
    private final RandomGenerator random;
    private final SeededRandom seededRandom;
    private final SessionTemporaryFiles temporaryFiles = new SessionTemporaryFiles(this);
    private final Map<String, String> reported = new TreeMap<>();
    private long typedChanges = -1;
    private long reportedChanges = -1;
    private @Nullable TypedSettings typed;
    private volatile @Nullable Runnable onTerminate;
    private volatile boolean terminated;
    private volatile String applicationName = "";
    private volatile SessionActivity activity = SessionActivity.NONE;
    private @Nullable ResultReceiver receiver;

    /// Opens a session; `settings` hold what the client said at start-up.
    ///
    /// @throws DatabaseException 3D000 or 55000 when there is no way into the database
    public static Session open(
            SessionServices services, SessionIdentity identity, Settings settings) {
        try (DatabaseEntrance entrance = services.databases().enter(identity.database())) {
            // Registered when made: from then on the database is in use.
            return new Session(services, entrance.database(), identity, settings);
        }
    }

    private Session(
            SessionServices services,
            Database database,
            SessionIdentity identity,
            Settings settings) {
        this.services = services;
        this.database = database;
        this.identity = identity;
        this.settings = settings;
        settings.setInternally("session_authorization", identity.user());
        services.settings().forEach(settings::offerDefault);
        offerLimits(services.memory());
        memory = new SessionMemory(services.memory().pool());
        control = new StatementControl(services.clock(), services.turns());
        stack = new StackChoice(services.deepStack(), control);
        portals = new Portals(this);
        transaction =
                new SessionTransaction(
                        database, this::rowRules, services.clock(), settings, portals);
        functions = new SessionFunctions(this);
        settingCommands = new SettingCommands(this);
        planner = new QueryPlanner(this);
        statements = new PreparedStatements(this);
        execution = new StatementExecution(this);
        guard = new Guard(this);
        simple = new SimpleQueries(this);
        extended = new ExtendedQueries(this);
        random = services.random().get();
        seededRandom = new SeededRandom(random.nextLong());
        processId = services.sessions().register(this);
    }

    private void offerLimits(MemoryLimits limits) {
        settings.offerDefault("work_mem", Long.toString(limits.workBytes() / KILOBYTE));
        settings.offerDefault(
                "statement_memory_limit", Long.toString(limits.statementBytes() / KILOBYTE));
        settings.offerDefault(
                "server_memory_limit", Long.toString(limits.pool().limitBytes() / KILOBYTE));
    }

    private RowRules rowRules(Table table) {
        return planner.rowRules(
                table,
                new StatementContext(
                        this, transaction.transaction(), new WorkCounters(), List.of()));
    }

    /// Queries as text, all results as text.
    public SimpleQueries simple() {
        return simple;
    }

    /// Prepared statements and portals.
    public ExtendedQueries extended() {
        return extended;
    }

    public int processId() {
        return processId;
    }

    public SessionIdentity identity() {
        return identity;
    }

    public Database database() {
        return database;
    }

    /// All databases, as the transaction of the statement that runs sees them.
    public List<DatabaseDefinition> databases() {
        return services.databases().list(transaction.transaction());
    }

    public Settings settings() {
        return settings;
    }

    SessionTemporaryFiles temporaryFiles() {
        return temporaryFiles;
    }

    public StatementControl control() {
        return control;
    }

    /// I, T or E, as ReadyForQuery says it.
    public char transactionStatus() {
        return switch (transaction.block()) {
            case NONE, IMPLICIT -> 'I';
            case EXPLICIT -> 'T';
            case FAILED -> 'E';
        };
    }

    /// Calls `consumer` with the settings that clients are told of and that changed since the last
    /// call; all of them the first time.
    public void reportChanges(BiConsumer<String, String> consumer) {
        if (reportedChanges == settings.changes()) {
            return;
        }
        reportedChanges = settings.changes();
        settings.reported()
                .forEach((name, value) -> {
                    if (!value.equals(reported.put(name, value))) {
                        consumer.accept(name, value);
                    }
                });
    }

    /// Brings the transaction into the state that follows an error which arose outside of the
    /// session, such as a malformed message; returns the error.
    public DatabaseException failed(DatabaseException failure) {
        return guard.failed("", failure);
    }

    /// The same when memory ran out where it arose.
    public DatabaseException outOfMemory() {
        return failed(Guard.outOfMemory());
    }

    public long idleTimeoutMillis() {
        return settings.number("idle_session_timeout");
    }

    public long idleInTransactionTimeoutMillis() {
        return settings.number("idle_in_transaction_session_timeout");
    }

    /// Stops the statement that runs now, if any. Any thread.
    public void cancel() {
        control.stop(StatementControl.Reason.CANCELLED);
    }

    /// Stops the statement and has the connection closed. Any thread.
    public void terminate() {
        terminated = true;
        control.stop(StatementControl.Reason.TERMINATED);
        Runnable action = onTerminate;
        if (action != null) {
            action.run();
        }
    }

    /// Waits at most so long until no other session is in the database; returns how many are.
    public int awaitNoOthers(int databaseOid, long timeoutMillis) {
        try {
            return services.sessions().awaitNoOthers(databaseOid, this, timeoutMillis);
        } catch (InterruptedException _) {
            throw control.stopped();
        }
    }

    /// Ends all other sessions in the database.
    public void terminateOthers(int databaseOid) {
        services.sessions().others(databaseOid, this).forEach(Session::terminate);
    }

    /// What closes the connection on [#terminate()]; runs at once if that came first. It may run
    /// twice.
    public void onTerminate(Runnable action) {
        onTerminate = action;
        if (terminated) {
            action.run();
        }
    }

    /// What this session has of the server's memory; of it, [SessionMemory#drawnBytes()] for any
    /// thread.
    public SessionMemory memory() {
        return memory;
    }

    /// What messages of the client are taken from.
    public MemoryBudget memoryOfMessages() {
        return memory.outsideOfStatements();
    }

    /// An account for a statement or a portal, within the limits set now.
    MemoryAccount account() {
        return memory.account(typed().statementMemoryBytes(), typed().workMemoryBytes());
    }

    StackChoice stack() {
        return stack;
    }

    SessionServices services() {
        return services;
    }

    SessionTransaction transaction() {
        return transaction;
    }

    SettingCommands settingCommands() {
        return settingCommands;
    }

    QueryPlanner planner() {
        return planner;
    }

    PreparedStatements statements() {
        return statements;
    }

    Portals portals() {
        return portals;
    }

    StatementExecution execution() {
        return execution;
    }

    Guard guard() {
        return guard;
    }

    SessionFunctions sessionFunctions() {
        return functions;
    }

    /// Where a sequence is, as the current transaction sees it.
    public Sequences.State sequenceState(Sequence sequence) {
        return database().sequences().state(transaction().transaction(), sequence);
    }

    /// The session as functions see it.
    public SessionAccess functions() {
        return functions;
    }

    RandomGenerator random() {
        return random;
    }

    SeededRandom seededRandom() {
        return seededRandom;
    }

    TypedSettings typed() {
        TypedSettings current = typed;
        if (current == null || typedChanges != settings.changes()) {
            current = TypedSettings.of(settings, identity.user());
            typed = current;
            applicationName = settings.text("application_name");
            typedChanges = settings.changes();
        }
        return current;
    }

    /// How values convert now; names of objects are those of `catalog`.
    TypeContext types(CatalogSnapshot catalog) {
        return types(services.systemTables().names(catalog, typed().lookupPath()));
    }

    TypeContext types(ObjectNames names) {
        TypedSettings now = typed();
        return new TypeContext(
                now.timeZone(),
                now.dateStyle(),
                now.intervalStyle(),
                now.byteaHex(),
                now.extraFloatDigits(),
                transaction.startMicros(),
                names);
    }

    public TimeZone timeZone() {
        return typed().timeZone();
    }

    void beginStatement() {
        transaction.ensureBlock();
        transaction.beginStatement(typed().lockTimeoutMillis());
    }

    /// How many statements all sessions of the server have planned so far. Any thread.
    public long statementsPlanned() {
        return services.statementsPlanned().get();
    }

    /// The prepared statements that have a name, in the order they were made.
    public List<ListedStatement> preparedStatements() {
        return statements.named();
    }

    /// Locks of tables and views in all databases.
    public List<ListedLock> locks() {
        return services.databases().locks();
    }

    /// Advisory locks in all databases.
    public List<ListedAdvisoryLock> advisoryLocks() {
        return services.advisoryLocks().list();
    }

    /// Whose the session's locks are in [ListedLock]. Any thread.
    public Object lockHolder() {
        return transaction.locks().holder();
    }

    /// The cursors and portals that have a name.
    public List<ListedCursor> cursors() {
        return portals.named();
    }

    /// The time now.
    public long nowMicros() {
        return transaction.nowMicros();
    }

    /// What the session does, for pg_stat_activity. Any thread.
    public SessionActivity activity() {
        return activity;
    }

    /// `application_name` as of the last statement. Any thread.
    public String applicationName() {
        return applicationName;
    }

    void activity(SessionActivity now) {
        activity = now;
    }

    /// The schemas that new objects and names are looked for in, as `search_path` says.
    public List<String> searchPath() {
        return typed().lookupPath();
    }

    /// How values convert in the statement that runs.
    public TypeContext statementTypes() {
        return types(transaction.transaction().catalog());
    }

    /// Sets where notices go while a command of the client is handled.
    void receiveNotices(@Nullable ResultReceiver target) {
        receiver = target;
    }

    /// Tells the client, if it wants to know.
    public void notice(Notice notice) {
        ResultReceiver target = receiver;
        if (target != null && settingCommands.wants(notice.severity())) {
            target.notice(notice);
        }
    }

    /// Ends the session: rolls back and releases everything. Idempotent.
    @Override
    public void close() {
        try (Ending _ = () -> services.sessions().remove(processId);
                Ending _ = () -> services.advisoryLocks().unlockSession(this);
                Ending _ = () -> transaction.locks().close();
                Ending _ = memory::settle;
                Ending _ = control::end) {
            control.begin();
            rollBack();
        }
    }

    private void rollBack() {
        try (Ending _ = transaction::rollback) {
            portals.closeAll();
        } catch (DatabaseException failure) {
            guard.log(failure);
        }
    }

    /// A step of the end, which comes whatever went wrong in those before it.
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }
}
