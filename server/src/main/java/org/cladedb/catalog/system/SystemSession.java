package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.functions.FunctionRegistry;

/// What system tables show of the session and the server.
public interface SystemSession {
    String databaseName();

    List<Setting> settings();

    List<Activity> activity();

    FunctionRegistry functions();

    /// A row of pg_settings.
    record Setting(
            String name, String value, String category, String description, String defaultValue) {}

    /// A row of pg_stat_activity.
    record Activity(int pid, String user, String applicationName, String state, String query) {}
}
