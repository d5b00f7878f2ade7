package org.cladedb.golden;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.testing.ConstraintFaults;

/// What a script must not leave behind: data that break a constraint, and anything open once its
/// sessions have ended. Holds one session, made before those of the script.
final class LeftBehind implements AutoCloseable {
    private static final int POLLS_MAX = 1_000;
    private static final String OPEN =
            "SELECT snapshots_open, lock_waiters, temporary_files_open, (SELECT count(*) FROM pg_stat_activity)"
                    + " FROM pg_catalog.clade_store";

    private final Connection connection;
    private final List<String> openBefore;

    LeftBehind(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl + "&preferQueryMode=simple");
        openBefore = rows(OPEN);
    }

    /// What there is; nothing when all is well. The server may be ending sessions still.
    List<String> find() throws SQLException {
        for (int poll = 0; poll < POLLS_MAX && !rows(OPEN).equals(openBefore); poll++) {
            rows("SELECT pg_sleep(0.01)");
        }
        List<String> found = new ArrayList<>();
        if (!rows(OPEN).equals(openBefore)) {
            found.add("snapshots, waits, temporary files and sessions open: " + rows(OPEN));
        }
        found.addAll(ConstraintFaults.in(connection));
        return found;
    }

    private List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
