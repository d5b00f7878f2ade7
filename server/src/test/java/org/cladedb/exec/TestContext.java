package org.cladedb.exec;

import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.SessionAccess;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// A context for plans that read no tables.
final class TestContext implements ExecutionContext {
    private final List<Datum> parameters;
    private final long memoryLimitBytes;
    private final RandomGenerator random = new Random(1);

    TestContext(long memoryLimitBytes, List<Datum> parameters) {
        this.parameters = parameters;
        this.memoryLimitBytes = memoryLimitBytes;
    }

    TestContext() {
        this(64 << 20, List.of());
    }

    @Override
    public DatabaseTransaction transaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupStore groups() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Datum parameter(int index) {
        return parameters.get(index);
    }

    @Override
    public Iterable<List<Datum>> systemRows(SystemTable table) {
        return List.of();
    }

    @Override
    public long memoryLimitBytes() {
        return memoryLimitBytes;
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
