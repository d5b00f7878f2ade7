package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements that fail while they run leave no snapshot open.
final class FailedStatementsTest {
    private static final String STATEMENTS =
            """
            create table bad as select 1 / (a - 5) from t
            create table bad as select a, b from t order by 1 / (a - 5)
            create view v as select a from t; create table bad as select 1 / (a - 5) from v
            insert into t select a + 100, 1 / (a - 5) from t
            update t set b = 1 / (a - 5)
            delete from t where 1 / (a - 5) > 1000
            select 1 / (a - 5) from t
            select a from t order by 1 / (a - 5)
            select sum(1 / (a - 5)) over (order by a) from t
            alter table t alter b type int using 1 / (a - 5)
            alter table t add check (1 / (a - 5) < 1000)
            explain analyze select 1 / (a - 5) from t
            """;

    @TempDir private Path directory = Path.of("");

    @Test
    void noSnapshotStaysOpen() throws SQLException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl() + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (a int primary key, b int)");
            statement.execute("insert into t select i, i from generate_series(1, 10) i");
            long before = snapshotsOpen(statement);
            for (String sql : STATEMENTS.lines().toList()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .hasMessageContaining("division by zero");
                assertThat(snapshotsOpen(statement)).as(sql).isEqualTo(before);
            }
        }
    }

    private static long snapshotsOpen(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select snapshots_open from clade_store")) {
            result.next();
            return result.getLong(1);
        }
    }
}
