package org.cladedb.exec;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.common.MemoryPool;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.SeededRandom;
import org.cladedb.functions.SessionAccess;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.memory.SessionMemory;
import org.cladedb.spill.TemporaryFiles;
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
    private final SeededRandom seededRandom = new SeededRandom(1);
    private final MemoryTemporaryFiles temporaryFiles = new MemoryTemporaryFiles();
    private int checksLeft = -1;
    private final @Nullable DatabaseTransaction transaction;

    TestContext(long memoryLimitBytes, List<Datum> parameters) {
        this(MemoryAccount.limitedTo(memoryLimitBytes), parameters, null);
    }

    private TestContext(
            MemoryAccount memory,
            List<Datum> parameters,
            @Nullable DatabaseTransaction transaction) {
        this.transaction = transaction;
        this.parameters = parameters;
        this.memory = memory;
    }

    /// In which operators have little memory, and the statement enough.
    static TestContext working(long workBytes) {
        return working(workBytes, 512 << 20);
    }

    static TestContext working(long workBytes, long limitBytes) {
        SessionMemory session = new SessionMemory(MemoryPool.unlimited());
        return new TestContext(session.account(limitBytes, workBytes), List.of(), null);
    }

    TestContext() {
        this(64 << 20, List.of());
    }

    /// For plans that read and write tables.
    static TestContext in(DatabaseTransaction transaction) {
        return new TestContext(MemoryAccount.limitedTo(64 << 20), List.of(), transaction);
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
        return transaction().storeBeforeStatement(new WorkCounters());
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
    public SeededRandom seededRandom() {
        return seededRandom;
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
    public TemporaryFiles temporaryFiles() {
        return temporaryFiles;
    }

    /// What operators wrote to disk, and how many files are there now.
    MemoryTemporaryFiles spilled() {
        return temporaryFiles;
    }

    /// Has the statement cancelled when it asks for the `check`th time from now on.
    void cancelAfter(int check) {
        checksLeft = check;
    }

    @Override
    public void checkCancelled() {
        if (checksLeft >= 0 && checksLeft-- == 0) {
            throw new DatabaseException(
                    SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
    }
}
