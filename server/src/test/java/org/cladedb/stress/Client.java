package org.cladedb.stress;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A client that goes on whatever becomes of its statements, and connects again when it is thrown
/// out. Owned by one thread.
final class Client implements AutoCloseable {
    private final String url;
    private final String settings;
    private final Queue<String> faults;
    private @Nullable Connection connection;
    volatile int processId;

    /// @param settings statements for each new connection
    /// @param faults takes what should not have happened
    Client(String url, String settings, Queue<String> faults) {
        this.url = url;
        this.settings = settings;
        this.faults = faults;
    }

    /// Runs a statement to its end; false when it failed, as it may.
    boolean run(String sql) {
        try (Statement statement = connection().createStatement()) {
            boolean hasRows = statement.execute(sql);
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
            return true;
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            if (!Workload.isExpected(state)) {
                faults.add(state + " " + failure.getMessage() + " from " + sql);
            }
            return false;
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = DriverManager.getConnection(url);
            connection = open;
            try (Statement statement = open.createStatement();
                    ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
                pid.next();
                processId = pid.getInt(1);
            }
            if (!settings.isEmpty()) {
                try (Statement statement = open.createStatement()) {
                    statement.execute(settings);
                }
            }
        }
        return open;
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
