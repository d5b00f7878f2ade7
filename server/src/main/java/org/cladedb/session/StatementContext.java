package org.cladedb.session;

import java.util.List;
import java.util.random.RandomGenerator;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.exec.ExecutionContext;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.SeededRandom;
import org.cladedb.functions.SessionAccess;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.TemporaryFiles;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// What one execution of one statement works with.
final class StatementContext implements ExecutionContext {
    private final Session session;
    private final DatabaseTransaction transaction;
    private final CatalogSnapshot catalog;
    private final GroupStore groups;
    private final List<Datum> parameters;
    private final TypeContext types;
    private final long statementMicros;
    private final MemoryAccount memory;
    private @Nullable CatalogAccess catalogAccess;

    StatementContext(
            Session session,
            DatabaseTransaction transaction,
            WorkCounters counters,
            List<Datum> parameters) {
        this(session, transaction, transaction.store(counters), parameters);
    }

    private StatementContext(
            Session session,
            DatabaseTransaction transaction,
            GroupStore groups,
            List<Datum> parameters) {
        this.session = session;
        this.transaction = transaction;
        this.catalog = transaction.catalog();
        this.groups = groups;
        this.parameters = parameters;
        this.types = session.types(catalog);
        this.statementMicros = session.transaction().statementMicros();
        this.memory = session.account();
    }

    /// A context in which `plan` does not see what it writes.
    static StatementContext of(
            Session session, QueryPlan plan, WorkCounters counters, List<Datum> parameters) {
        DatabaseTransaction transaction = session.transaction().transaction();
        GroupStore groups =
                plan.isModifying()
                        ? transaction.storeBeforeStatement(counters)
                        : transaction.store(counters);
        return new StatementContext(session, transaction, groups, parameters);
    }

    @Override
    public DatabaseTransaction transaction() {
        return transaction;
    }

    @Override
    public GroupStore groups() {
        return groups;
    }

    @Override
    public CatalogSnapshot catalogSnapshot() {
        return catalog;
    }

    @Override
    public Datum parameter(int index) {
        return parameters.get(index);
    }

    @Override
    public Iterable<List<Datum>> systemRows(SystemTable table, @Nullable SystemSearch search) {
        return session.services().systemTables().rows(table, search, catalog, session);
    }

    @Override
    public MemoryAccount memory() {
        return memory;
    }

    @Override
    public TemporaryFiles temporaryFiles() {
        return session.temporaryFiles();
    }

    @Override
    public TypeContext types() {
        return types;
    }

    @Override
    public long statementMicros() {
        return statementMicros;
    }

    @Override
    public long clockMicros() {
        return session.transaction().nowMicros();
    }

    @Override
    public RandomGenerator random() {
        return session.random();
    }

    @Override
    public SeededRandom seededRandom() {
        return session.seededRandom();
    }

    @Override
    public SessionAccess session() {
        return session.functions();
    }

    @Override
    public CatalogAccess catalog() {
        CatalogAccess access = catalogAccess;
        if (access == null) {
            access =
                    session.services().systemTables().access(catalog, session.typed().lookupPath());
            catalogAccess = access;
        }
        return access;
    }

    @Override
    public void checkCancelled() {
        session.control().check();
    }
}
