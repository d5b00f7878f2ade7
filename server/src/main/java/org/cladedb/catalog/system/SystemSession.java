package org.cladedb.catalog.system;

import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionRegistry;

/// What system tables show of the session and the server.
public interface SystemSession {
    String databaseName();

    List<Setting> settings();

    List<Activity> activity();

    FunctionRegistry functions();

    /// The row of clade_store, by name of column; what is not there is NULL.
    Map<String, Object> store();

    /// A row of pg_settings.
    record Setting(
            String name, String value, String category, String description, String defaultValue) {}

    /// A row of pg_stat_activity.
    record Activity(int pid, String user, String applicationName, String state, String query) {}
}
