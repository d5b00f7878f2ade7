package org.cladedb.exec;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.SessionAccess;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// A context without a session.
final class TestContext implements ExecutionContext {
    private final List<Datum> parameters;
    private final MemoryAccount memory;
    private final RandomGenerator random = new Random(1);
    private final @Nullable DatabaseTransaction transaction;

    TestContext(long memoryLimitBytes, List<Datum> parameters) {
        this(memoryLimitBytes, parameters, null);
    }

    private TestContext(
            long memoryLimitBytes,
            List<Datum> parameters,
            @Nullable DatabaseTransaction transaction) {
        this.transaction = transaction;
        this.parameters = parameters;
        memory = MemoryAccount.limitedTo(memoryLimitBytes);
    }

    TestContext() {
        this(64 << 20, List.of());
    }

    /// For plans that read and write tables.
    static TestContext in(DatabaseTransaction transaction) {
        return new TestContext(64 << 20, List.of(), transaction);
    }

    @Override
    public DatabaseTransaction transaction() {
        if (transaction == null) {
            throw new UnsupportedOperationException();
        }
        return transaction;
    }

    @Override
    public GroupStore groups() {
        return transaction().store(new WorkCounters());
    }

    @Override
    public Datum parameter(int index) {
        return parameters.get(index);
    }

    @Override
    public Iterable<List<Datum>> systemRows(SystemTable table, @Nullable SystemSearch search) {
        return List.of();
    }

    @Override
    public MemoryAccount memory() {
        return memory;
    }

    @Override
    public TypeContext types() {
        return TypeContext.DEFAULT;
    }

    @Override
    public long statementMicros() {
        return 0;
    }

    @Override
    public long clockMicros() {
        return 0;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public SessionAccess session() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CatalogAccess catalog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkCancelled() {}
}
