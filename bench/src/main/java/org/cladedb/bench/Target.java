package org.cladedb.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.postgresql.PGConnection;

/// One of the servers compared.
///
/// @param grouped whether the schema uses GROUPING FOREIGN KEY
record Target(String name, int port, boolean grouped) {
    private static final int FETCH_ROWS = 1000;
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]{}]");

    DrainClient drain() throws IOException {
        return new DrainClient(port, "postgres", "postgres");
    }

    Connection jdbc() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    void sql(String... statements) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    long copy(String table, InputStream rows) throws SQLException, IOException {
        try (Connection connection = jdbc()) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " FROM STDIN", rows, 1 << 16);
        }
    }

    /// A number that two results have in common when they have the same rows, in any order, also
    /// inside of JSON: there the objects count, not their order, and no white space.
    long fingerprint(String sql) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_ROWS);
            long sum = 0;
            try (ResultSet rows = statement.executeQuery(sql)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    CRC32C row = new CRC32C();
                    for (int i = 1; i <= columns; i++) {
                        String text = (rows.getString(i) + "|").replaceAll("\\s", "");
                        String[] objects = BRACKETS.split(text);
                        Arrays.sort(objects);
                        row.update(String.join("|", objects).getBytes(StandardCharsets.UTF_8));
                    }
                    sum += row.getValue() * row.getValue() + 1;
                }
            }
            return sum;
        }
    }
}
