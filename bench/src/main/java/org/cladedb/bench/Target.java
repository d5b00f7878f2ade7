package org.cladedb.bench;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// One of the servers compared.
///
/// @param grouped whether the schema uses GROUPING FOREIGN KEY
/// @param nestedSql the nested read of everything in its best form there
record Target(String name, int port, boolean grouped, String nestedSql) {

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
}
