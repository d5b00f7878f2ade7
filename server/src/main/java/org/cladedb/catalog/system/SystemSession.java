package org.cladedb.catalog.system;

import java.util.List;
import java.util.Map;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Sequence;
import org.cladedb.functions.FunctionRegistry;

/// What system tables show of the session and the server.
public interface SystemSession {
    /// The database that the session is in.
    String databaseName();

    /// All databases of the store.
    List<DatabaseDefinition> databases();

    List<Setting> settings();

    List<Activity> activity();

    FunctionRegistry functions();

    /// Where a sequence is: its last value, and whether that has been drawn.
    SequenceState sequence(Sequence sequence);

    /// The row of clade_store, by name of column; what is not there is NULL.
    Map<String, Object> store();

    record SequenceState(long lastValue, boolean called) {}

    /// A row of pg_settings.
    record Setting(
            String name, String value, String category, String description, String defaultValue) {}

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
