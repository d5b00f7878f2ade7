package org.cladedb.golden;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Asks a server, CladeDB or PostgreSQL, how many statements wait for locks.
final class LockWaits implements AutoCloseable {
    private static final String OF_CLADEDB = "select lock_waiters from clade_store";
    private static final String OF_POSTGRES =
            "select count(*) from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and datname = current_database()";

    private final Connection connection;
    private final String query;

    LockWaits(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl);
        boolean isPostgres =
                number("select count(*) from pg_class where relname = 'clade_store'") == 0;
        query = isPostgres ? OF_POSTGRES : OF_CLADEDB;
    }

    int count() throws SQLException {
        return number(query);
    }

    private int number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
