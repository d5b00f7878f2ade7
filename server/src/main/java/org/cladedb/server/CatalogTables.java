package org.cladedb.server;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.system.SystemCatalog;
import org.cladedb.catalog.system.SystemSession;
import org.cladedb.common.MemoryPool;
import org.cladedb.ddl.CheckedColumns;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.session.Session;
import org.cladedb.session.SessionRegistry;
import org.cladedb.session.SettingDefinition;
import org.cladedb.session.Settings;
import org.cladedb.session.SystemTables;
import org.cladedb.txn.ListedLock;
import org.cladedb.txn.Sequences;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.TimeZone;
import org.jspecify.annotations.Nullable;

/// The system catalog as sessions see it.
final class CatalogTables implements SystemTables {
    private final SystemCatalog catalog;
    private final FunctionRegistry functions;
    private final SessionRegistry registry;
    private final StoreOperations store;
    private final TemporaryDirectory temporary;

    CatalogTables(
            FunctionRegistry functions,
            SessionRegistry registry,
            StoreOperations store,
            TemporaryDirectory temporary) {
        this.temporary = temporary;
        this.store = store;
        this.functions = functions;
        this.registry = registry;
        catalog = new SystemCatalog(functions);
    }

    @Override
    public SystemRelations relations() {
        return catalog;
    }

    @Override
    public Iterable<List<Datum>> rows(
            SystemTable table,
            @Nullable SystemSearch search,
            CatalogSnapshot snapshot,
            Session session) {
        return catalog.rows(
                table, search, snapshot, new View(session, functions, registry, store, temporary));
    }

    @Override
    public ObjectNames names(CatalogSnapshot snapshot, List<String> searchPath) {
        return catalog.names(snapshot, searchPath);
    }

    @Override
    public CatalogAccess access(CatalogSnapshot snapshot, List<String> searchPath) {
        return catalog.access(snapshot, searchPath);
    }

    /// What system tables show to one session.
    private record View(
            Session session,
            FunctionRegistry functions,
            SessionRegistry registry,
            StoreOperations operations,
            TemporaryDirectory temporary)
            implements SystemSession {
        /// From here on numbers are shown with an exponent.
        private static final double SCIENTIFIC = 1e6;

        @Override
        public Map<String, Object> store() {
            Map<String, Object> numbers = operations.status();
            numbers.put("statements_planned", session.statementsPlanned());
            MemoryPool pool = session.memory().pool();
            numbers.put("memory_used_bytes", pool.usedBytes());
            numbers.put("memory_limit_bytes", pool.limitBytes());
            numbers.put("memory_refusals", pool.refusals());
            numbers.put("temporary_files_open", temporary.openFiles());
            return numbers;
        }

        @Override
        public SequenceState sequence(Sequence sequence) {
            Sequences.State state = session.sequenceState(sequence);
            return new SequenceState(state.lastValue(), state.called());
        }

        @Override
        public List<String> searchPath() {
            return session.searchPath();
        }

        @Override
        public String databaseName() {
            return session.identity().database();
        }

        @Override
        public List<DatabaseDefinition> databases() {
            return session.databases();
        }

        @Override
        public List<Setting> settings() {
            return session.settings().all().stream().map(View::setting).toList();
        }

        private static Setting setting(Settings.Entry entry) {
            SettingDefinition definition = entry.definition();
            boolean isNumber =
                    definition.kind() == SettingDefinition.Kind.INTEGER
                            || definition.kind() == SettingDefinition.Kind.REAL;
            return new Setting(
                    definition.name(),
                    entry.value(),
                    definition.unit().isEmpty() ? null : definition.unit(),
                    definition.kind().label(),
                    definition.context().label(),
                    entry.value().equals(definition.defaultValue()) ? "default" : "session",
                    isNumber ? bound(definition, definition.minimum()) : null,
                    isNumber ? bound(definition, definition.maximum()) : null,
                    definition.choices().isEmpty() ? null : definition.choices(),
                    definition.defaultValue(),
                    entry.resetValue(),
                    definition.category(),
                    definition.description());
        }

        private static String bound(SettingDefinition definition, double bound) {
            if (definition.kind() == SettingDefinition.Kind.INTEGER) {
                return Long.toString((long) bound);
            }
            return bound >= SCIENTIFIC
                    ? "%.5e".formatted(bound).replaceFirst("\\.?0*e", "e")
                    : BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
        }

        @Override
        public List<Prepared> preparedStatements() {
            return session.preparedStatements().stream()
                    .map(each ->
                            new Prepared(
                                    each.name(),
                                    each.text(),
                                    each.preparedMicros(),
                                    each.parameterTypes(),
                                    each.resultTypes(),
                                    each.fromSql()))
                    .toList();
        }

        @Override
        public List<Cursor> cursors() {
            return session.cursors().stream()
                    .map(each ->
                            new Cursor(
                                    each.name(),
                                    each.statement(),
                                    each.holdable(),
                                    each.binary(),
                                    each.createdMicros()))
                    .toList();
        }

        @Override
        public List<Integer> checkedColumns(Table table, Constraints.CheckConstraint check) {
            return CheckedColumns.of(table, check);
        }

        @Override
        public TimeZone timeZone() {
            return session.timeZone();
        }

        @Override
        public long nowMicros() {
            return session.nowMicros();
        }

        @Override
        public List<Lock> locks() {
            IdentityHashMap<Object, Integer> holders = new IdentityHashMap<>();
            registry.all().forEach(each -> holders.put(each.lockHolder(), each.processId()));
            List<Lock> locks = new ArrayList<>();
            for (ListedLock lock : session.locks()) {
                Integer processId = holders.get(lock.holder());
                if (processId != null) {
                    locks.add(
                            new Lock(
                                    lock.databaseOid(),
                                    lock.relationOid(),
                                    processId,
                                    lock.mode().display(),
                                    lock.granted(),
                                    lock.fast()));
                }
            }
            return locks;
        }

        @Override
        public List<AdvisoryLock> advisoryLocks() {
            return session.advisoryLocks().stream()
                    .map(lock ->
                            new AdvisoryLock(
                                    lock.databaseOid(),
                                    lock.key().upper(),
                                    lock.key().lower(),
                                    lock.key().isPair() ? 2 : 1,
                                    lock.processId(),
                                    lock.shared(),
                                    lock.granted()))
                    .toList();
        }

        @Override
        public List<Activity> activity() {
            return registry.all().stream()
                    .map(other ->
                            new Activity(
                                    other.processId(),
                                    other.database().oid(),
                                    other.identity().database(),
                                    other.identity().user(),
                                    other.applicationName(),
                                    other.activity().state(),
                                    other.activity().query()))
                    .toList();
        }
    }
}
