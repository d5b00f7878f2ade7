package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server starts where the operating system lets it write nothing, and can be read. A limit of
/// the process stands in for a full disk, which only a privileged user could make.
final class NoSpaceTest {
    @TempDir private Path directory;

    @Test
    void startsToBeRead() throws Exception {
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data)) {
            execute(server, "CREATE TABLE t (v int)");
            execute(server, "INSERT INTO t SELECT generate_series(1, 100)");
            server.kill();
        }
        try (ServerProcess server = ServerProcess.startWithoutSpace(data)) {
            assertThat(sum(server)).isEqualTo(5_050);
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> execute(server, "INSERT INTO t VALUES (1)"))
                        .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                        .extracting(SQLException::getSQLState)
                        .isEqualTo("53100");
            }
            assertThat(sum(server)).isEqualTo(5_050);
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            execute(server, "INSERT INTO t VALUES (1)");
            assertThat(sum(server)).isEqualTo(5_051);
        }
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long sum(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(v) FROM t")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
