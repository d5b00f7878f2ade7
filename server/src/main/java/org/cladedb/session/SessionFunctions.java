package org.cladedb.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.AdvisoryKey;
import org.cladedb.functions.SessionAccess;
import org.cladedb.sql.words.SqlText;
import org.cladedb.storage.group.DataFault;
import org.cladedb.txn.Sequences;
import org.jspecify.annotations.Nullable;

/// The session as functions see it. Owned by the session's thread.
final class SessionFunctions implements SessionAccess {
    /// Faults that are shown of one database.
    private static final int FAULTS_MAX = 10_000;

    private static final String OWNER = "postgres";

    private final Session session;
    private final Map<Integer, Long> lastValues = new HashMap<>();
    private @Nullable Integer lastSequence;
    private boolean advisoryInTransaction;
    private long transactionNumber;

    SessionFunctions(Session session) {
        this.session = session;
    }

    @Override
    public String currentUser() {
        return session.identity().user();
    }

    @Override
    public String sessionUser() {
        return session.identity().user();
    }

    @Override
    public String currentDatabase() {
        return session.identity().database();
    }

    @Override
    public Map<String, Integer> databases() {
        Map<String, Integer> oids = new HashMap<>();
        session.databases().forEach(each -> oids.put(each.name(), each.oid()));
        return oids;
    }

    @Override
    public @Nullable String currentSchema() {
        List<String> schemas = currentSchemas(false);
        return schemas.isEmpty() ? null : schemas.getFirst();
    }

    @Override
    public List<String> currentSchemas(boolean includeImplicit) {
        TypedSettings typed = session.typed();
        List<String> schemas = new ArrayList<>();
        for (String name : includeImplicit ? typed.lookupPath() : typed.searchPath()) {
            if (isSystem(name) || catalog().schema(name) != null) {
                schemas.add(name);
            }
        }
        return schemas;
    }

    private static boolean isSystem(String schema) {
        return schema.equals("pg_catalog") || schema.equals("information_schema");
    }

    private CatalogSnapshot catalog() {
        return session.transaction().transaction().catalog();
    }

    @Override
    public @Nullable String setting(String name) {
        return session.settingCommands().showOrNull(name);
    }

    @Override
    public String setSetting(String name, String value, boolean local) {
        session.settingCommands().set(name, List.of(value), true, local);
        return session.settingCommands().show(name);
    }

    @Override
    public int backendPid() {
        return session.processId();
    }

    @Override
    public long nextSequenceValue(int sequenceOid) {
        session.transaction().preventReadOnly("nextval()");
        long value = sequences().next(session.transaction().transaction(), sequence(sequenceOid));
        lastValues.put(sequenceOid, value);
        lastSequence = sequenceOid;
        return value;
    }

    @Override
    public long currentSequenceValue(int sequenceOid) {
        Long value = lastValues.get(sequenceOid);
        if (value == null) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "currval of sequence \"%s\" is not yet defined in this session"
                            .formatted(sequence(sequenceOid).name()));
        }
        return value;
    }

    @Override
    public long setSequenceValue(int sequenceOid, long value, boolean called) {
        session.transaction().preventReadOnly("setval()");
        Sequence sequence = sequence(sequenceOid);
        if (value < sequence.minimum() || value > sequence.maximum()) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value %d is out of bounds for sequence \"%s\" (%d..%d)"
                            .formatted(
                                    value,
                                    sequence.name(),
                                    sequence.minimum(),
                                    sequence.maximum()));
        }
        sequences().set(session.transaction().transaction(), sequence, value, called);
        if (called) {
            lastValues.put(sequenceOid, value);
        }
        return value;
    }

    @Override
    public long lastSequenceValue() {
        Integer last = lastSequence;
        Long value = last == null ? null : lastValues.get(last);
        if (last == null || value == null || catalog().sequence(last) == null) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "lastval is not yet defined in this session");
        }
        return value;
    }

    private Sequences sequences() {
        return session.database().sequences();
    }

    private Sequence sequence(int oid) {
        Sequence sequence = catalog().sequence(oid);
        if (sequence == null) {
            Table table = catalog().table(oid);
            if (table != null) {
                throw new DatabaseException(
                                SqlState.WRONG_OBJECT_TYPE,
                                "cannot open relation \"" + table.name() + "\"")
                        .withDetail("This operation is not supported for tables.");
            }
            throw new DatabaseException(
                    SqlState.UNDEFINED_TABLE,
                    "could not open relation with OID " + Integer.toUnsignedString(oid));
        }
        return sequence;
    }

    @Override
    public boolean advisoryLock(
            AdvisoryKey key, boolean shared, boolean transactionScoped, boolean wait) {
        try {
            boolean taken =
                    session.services()
                            .advisoryLocks()
                            .lock(
                                    session,
                                    key,
                                    shared,
                                    transactionScoped,
                                    wait,
                                    session.typed().lockTimeoutMillis());
            advisoryInTransaction |= taken && transactionScoped;
            return taken;
        } catch (InterruptedException _) {
            throw session.control().stopped();
        }
    }

    @Override
    public boolean advisoryUnlock(AdvisoryKey key, boolean shared) {
        boolean released = session.services().advisoryLocks().unlock(session, key, shared);
        if (!released) {
            session.notice(
                    Notice.warning(
                            SqlState.WARNING,
                            "you don't own a lock of type %s"
                                    .formatted(shared ? "ShareLock" : "ExclusiveLock")));
        }
        return released;
    }

    @Override
    public void advisoryUnlockAll() {
        session.services().advisoryLocks().unlockSession(session);
    }

    @Override
    public List<Integer> blockingProcesses(int pid) {
        Session waiting = session.services().sessions().find(pid);
        if (waiting == null) {
            return List.of();
        }
        Set<Object> holders = session.services().databases().blockers(waiting.lockHolder());
        Set<Session> advisory = session.services().advisoryLocks().blockers(waiting);
        return session.services().sessions().all().stream()
                .filter(each -> advisory.contains(each) || holders.contains(each.lockHolder()))
                .map(Session::processId)
                .toList();
    }

    @Override
    public boolean cancelBackend(int pid) {
        Session target = session.services().sessions().find(pid);
        if (target == null) {
            session.notice(notAProcess(pid));
            return false;
        }
        target.cancel();
        session.control().throwIfStopped();
        return true;
    }

    @Override
    public boolean terminateBackend(int pid, long timeoutMillis) {
        if (timeoutMillis < 0) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"timeout\" must not be negative");
        }
        Session target = session.services().sessions().find(pid);
        if (target == null) {
            session.notice(notAProcess(pid));
            return false;
        }
        target.terminate();
        session.control().throwIfStopped();
        if (timeoutMillis == 0 || awaitEnd(target, timeoutMillis)) {
            return true;
        }
        session.notice(
                Notice.warning(
                        SqlState.WARNING,
                        "backend with PID %d did not terminate within %d millisecond%s"
                                .formatted(pid, timeoutMillis, timeoutMillis == 1 ? "" : "s")));
        return false;
    }

    private boolean awaitEnd(Session target, long timeoutMillis) {
        try {
            return session.services().sessions().awaitEnd(target, timeoutMillis);
        } catch (InterruptedException _) {
            throw session.control().stopped();
        }
    }

    private static Notice notAProcess(int pid) {
        return Notice.warning(
                SqlState.WARNING, "PID %d is not a PostgreSQL backend process".formatted(pid));
    }

    @Override
    public long transactionId() {
        if (transactionNumber == 0) {
            transactionNumber = session.services().transactionIds().incrementAndGet();
        }
        return transactionNumber;
    }

    @Override
    public boolean isTransactionNumbered() {
        return transactionNumber != 0 || session.transaction().transaction().hasWrites();
    }

    @Override
    public List<Fault> verify() {
        List<Fault> found = new ArrayList<>();
        session.transaction()
                .transaction()
                .verify(
                        fault -> {
                            if (found.size() < FAULTS_MAX) {
                                found.add(shown(fault));
                            }
                        },
                        session.control()::check);
        return found;
    }

    private static Fault shown(DataFault fault) {
        return new Fault(
                fault.table().isEmpty()
                        ? ""
                        : SqlText.qualified(List.of(fault.schema(), fault.table())),
                fault.constraint(),
                fault.problem(),
                fault.row());
    }

    @Override
    public Backup backup(String target) {
        if (!session.identity().user().equals(OWNER)) {
            throw new DatabaseException(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied for function clade_backup")
                    .withHint("Only the owner of the server, %s, may back it up.".formatted(OWNER));
        }
        session.transaction().preventReadOnly("clade_backup()");
        return session.services().backups().make(target, session.control()::check);
    }

    /// The transaction is over.
    void transactionEnded() {
        transactionNumber = 0;
        if (advisoryInTransaction) {
            advisoryInTransaction = false;
            session.services().advisoryLocks().unlockTransaction(session);
        }
    }

    /// DISCARD SEQUENCES.
    void forgetSequences() {
        lastValues.clear();
        lastSequence = null;
    }
}
