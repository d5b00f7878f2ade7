package org.cladedb.catalog.system;

import java.util.List;
import java.util.Map;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.TimeZone;
import org.jspecify.annotations.Nullable;

/// What system tables show of the session and the server.
public interface SystemSession {
    /// Schemas in which names are looked up, `pg_catalog` included.
    List<String> searchPath();

    /// The database that the session is in.
    String databaseName();

    /// All databases of the store.
    List<DatabaseDefinition> databases();

    List<Setting> settings();

    List<Activity> activity();

    /// The locks of relations in all databases that sessions have or wait for.
    List<Lock> locks();

    /// The advisory locks in all databases that sessions have or wait for.
    List<AdvisoryLock> advisoryLocks();

    FunctionRegistry functions();

    /// Where a sequence is: its last value, and whether that has been drawn.
    SequenceState sequence(Sequence sequence);

    /// The row of clade_store, by name of column; what is not there is NULL.
    Map<String, Object> store();

    record SequenceState(long lastValue, boolean called) {}

    /// The prepared statements of the session.
    List<Prepared> preparedStatements();

    /// The open cursors of the session.
    List<Cursor> cursors();

    /// The slots of the columns that a check mentions, in order.
    List<Integer> checkedColumns(Table table, Constraints.CheckConstraint check);

    TimeZone timeZone();

    /// The time of the statement.
    long nowMicros();

    /// A row of pg_settings.
    ///
    /// @param unit null for none, as bounds and choices are
    record Setting(
            String name,
            String value,
            @Nullable String unit,
            String type,
            String context,
            String source,
            @Nullable String minimum,
            @Nullable String maximum,
            @Nullable List<String> choices,
            String builtInValue,
            String resetValue,
            String category,
            String description) {}

    /// A row of pg_prepared_statements.
    ///
    /// @param parameterTypes OIDs
    /// @param resultTypes OIDs; null when it returns no rows
    record Prepared(
            String name,
            String text,
            long preparedMicros,
            List<Integer> parameterTypes,
            @Nullable List<Integer> resultTypes,
            boolean fromSql) {}

    /// A row of pg_cursors.
    record Cursor(
            String name, String statement, boolean holdable, boolean binary, long createdMicros) {}

    /// A row of pg_locks.
    ///
    /// @param fast whether the table of all locks does not know of it
    record Lock(
            int databaseOid,
            int relationOid,
            int pid,
            String mode,
            boolean granted,
            boolean fast) {}

    /// A row of pg_locks about an advisory lock.
    ///
    /// @param part 1 for a number of 64 bits, 2 for two of 32
    record AdvisoryLock(
            int databaseOid,
            int upper,
            int lower,
            int part,
            int pid,
            boolean shared,
            boolean granted) {}

    /// A row of pg_stat_activity.
    record Activity(
            int pid,
            int databaseOid,
            String databaseName,
            String user,
            String applicationName,
            String state,
            String query) {}
}
