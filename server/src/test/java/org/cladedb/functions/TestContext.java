package org.cladedb.functions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// A context of fixed time, with a session and a catalog that hold next to nothing.
final class TestContext implements EvaluationContext, SessionAccess, CatalogAccess {
    private final RandomGenerator random = new SplittableRandom(1);
    private final SeededRandom seededRandom = new SeededRandom(1);
    private final Map<String, String> settings = new HashMap<>();

    private static final ObjectNames TYPE_NAMES =
            new ObjectNames() {
                @Override
                public String name(TypeKind kind, int oid) {
                    SqlType type = SqlType.byOid(oid);
                    return type == null ? Integer.toString(oid) : TypeText.of(type);
                }

                @Override
                public int oid(TypeKind kind, String name) {
                    return -1;
                }
            };

    private static final TypeContext TYPES =
            new TypeContext(
                    TypeContext.DEFAULT.timeZone(),
                    TypeContext.DEFAULT.dateStyle(),
                    TypeContext.DEFAULT.intervalStyle(),
                    TypeContext.DEFAULT.byteaHex(),
                    TypeContext.DEFAULT.extraFloatDigits(),
                    TypeContext.DEFAULT.transactionMicros(),
                    TYPE_NAMES);

    @Override
    public MemoryAccount memory() {
        return MemoryAccount.limitedTo(1 << 30);
    }

    @Override
    public TypeContext types() {
        return TYPES;
    }

    @Override
    public long statementMicros() {
        return 1;
    }

    @Override
    public long clockMicros() {
        return 2;
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
        return this;
    }

    @Override
    public CatalogAccess catalog() {
        return this;
    }

    @Override
    public void checkCancelled() {}

    @Override
    public String currentUser() {
        return "postgres";
    }

    @Override
    public String sessionUser() {
        return "postgres";
    }

    @Override
    public Map<String, Integer> databases() {
        return Map.of(currentDatabase(), 5);
    }

    @Override
    public String currentDatabase() {
        return "postgres";
    }

    @Override
    public String currentSchema() {
        return "public";
    }

    @Override
    public List<String> currentSchemas(boolean includeImplicit) {
        return includeImplicit ? List.of("pg_catalog", "public") : List.of("public");
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    @Override
    public String setSetting(String name, String value, boolean local) {
        settings.put(name, value);
        return value;
    }

    @Override
    public int backendPid() {
        return 42;
    }

    @Override
    public long nextSequenceValue(int sequenceOid) {
        return 1;
    }

    @Override
    public long currentSequenceValue(int sequenceOid) {
        return 1;
    }

    @Override
    public long setSequenceValue(int sequenceOid, long value, boolean called) {
        return value;
    }

    @Override
    public long lastSequenceValue() {
        return 1;
    }

    @Override
    public boolean advisoryLock(
            AdvisoryKey key, boolean shared, boolean transaction, boolean wait) {
        return true;
    }

    @Override
    public boolean advisoryUnlock(AdvisoryKey key, boolean shared) {
        return true;
    }

    @Override
    public void advisoryUnlockAll() {}

    @Override
    public List<Integer> blockingProcesses(int pid) {
        return List.of();
    }

    @Override
    public boolean cancelBackend(int pid) {
        return false;
    }

    @Override
    public boolean terminateBackend(int pid, long timeoutMillis) {
        return false;
    }

    @Override
    public List<Fault> verify() {
        return List.of();
    }

    @Override
    public Backup backup(String target) {
        return new Backup(1, 2, 3);
    }

    @Override
    public boolean isTransactionNumbered() {
        return false;
    }

    @Override
    public long transactionId() {
        return 7;
    }

    @Override
    public String formatType(int typeOid, int modifier) {
        return "type " + typeOid;
    }

    @Override
    public @Nullable String constraintDefinition(int constraintOid, boolean pretty) {
        return null;
    }

    @Override
    public @Nullable String indexDefinition(int indexOid, int column, boolean pretty) {
        return null;
    }

    @Override
    public @Nullable String viewDefinition(int viewOid, boolean pretty, int wrapColumn) {
        return null;
    }

    @Override
    public @Nullable String ruleDefinition(int ruleOid, boolean pretty) {
        return null;
    }

    @Override
    public @Nullable ObjectIdentity identity(int classOid, int oid, int part) {
        return null;
    }

    @Override
    public boolean isTable(int oid) {
        return false;
    }

    @Override
    public @Nullable String viewDefinition(String viewName, boolean pretty) {
        return null;
    }

    @Override
    public @Nullable String expressionText(String stored, int relationOid, boolean pretty) {
        return stored;
    }

    @Override
    public @Nullable String serialSequence(String tableName, String columnName) {
        return null;
    }

    @Override
    public String userName(int roleOid) {
        return "postgres";
    }

    @Override
    public @Nullable String functionText(int functionOid, String what) {
        return null;
    }

    @Override
    public @Nullable Boolean isVisible(TypeKind registeredAs, int oid) {
        return null;
    }

    @Override
    public @Nullable String description(int objectOid, String catalogName, int subId) {
        return null;
    }

    @Override
    public @Nullable Long relationSize(int relationOid) {
        return null;
    }

    @Override
    public @Nullable Boolean hasPrivilege(TypeKind objectKind, int objectOid, String privilege) {
        return true;
    }
}
