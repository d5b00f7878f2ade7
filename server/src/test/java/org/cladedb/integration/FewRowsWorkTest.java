package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that want few rows of large tables read few: the first in some order, the least and
/// the greatest, those that a key of several columns names.
final class FewRowsWorkTest {
    private static final int ROWS = 4_000;
    private static final long FEW = 400;

    private static CladeDB database;
    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        database = CladeDB.memory();
        connection = DriverManager.getConnection(database.jdbcUrl());
        try (Statement statement = connection.createStatement()) {
            // Plans for large tables: of small ones everything is read at once.
            statement.execute("SET assumed_table_rows = 100000");
            statement.execute(
                    """
                    CREATE TABLE cust (id int PRIMARY KEY, name text, city text, region int);
                    CREATE TABLE ord (id int PRIMARY KEY, cust_id int REFERENCES cust, placed date,
                        total int, status text);
                    CREATE TABLE line (ord_id int REFERENCES ord, no int, qty int,
                        PRIMARY KEY (ord_id, no));
                    CREATE INDEX cust_city ON cust (city);
                    CREATE INDEX ord_cust ON ord (cust_id);
                    CREATE INDEX ord_placed ON ord (placed);
                    CREATE INDEX ord_total ON ord (total DESC);
                    CREATE INDEX ord_status ON ord (status, placed);
                    """);
            statement.execute(
                    """
                    INSERT INTO cust SELECT g, 'n' || g, 'city ' || g %% 200, g %% 7
                        FROM generate_series(1, %1$d) g;
                    INSERT INTO ord SELECT g, g * 7 %% %1$d + 1,
                        CASE WHEN g %% 2 = 0 THEN date '2024-01-01' + g %% 1000 END, g, 's' || g %% 4
                        FROM generate_series(1, %1$d) g;
                    INSERT INTO line SELECT g / 2 + 1, g %% 2, g FROM generate_series(0, 2 * %1$d - 1) g;
                    """
                            .formatted(ROWS));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The first in some order.
                "SELECT * FROM ord ORDER BY placed LIMIT 10",
                "SELECT * FROM ord WHERE placed IS NOT NULL ORDER BY placed DESC, id DESC LIMIT 10",
                "SELECT * FROM ord ORDER BY placed, id LIMIT 10 OFFSET 20",
                "SELECT * FROM ord ORDER BY total DESC LIMIT 10",
                "SELECT * FROM ord ORDER BY total LIMIT 10",
                "SELECT * FROM ord WHERE total > 100 ORDER BY placed LIMIT 5",
                "SELECT * FROM ord WHERE status = 's2' ORDER BY placed LIMIT 5",
                "SELECT * FROM ord o JOIN cust c ON c.id = o.cust_id ORDER BY o.placed LIMIT 10",
                "SELECT * FROM cust c JOIN ord o ON c.id = o.cust_id ORDER BY o.id LIMIT 10",
                "SELECT * FROM ord o LEFT JOIN cust c ON c.id = o.cust_id ORDER BY o.placed LIMIT 9",
                "SELECT * FROM cust c RIGHT JOIN ord o ON c.id = o.cust_id ORDER BY o.id LIMIT 9",
                "SELECT * FROM ord o JOIN cust c ON c.id = o.cust_id LIMIT 10",
                "SELECT q.id FROM (SELECT id, placed AS p FROM ord) q ORDER BY q.p LIMIT 3",
                "SELECT * FROM ord o WHERE EXISTS (SELECT 1 FROM line l WHERE l.ord_id = o.id)"
                        + " ORDER BY o.id DESC LIMIT 5",
                "SELECT * FROM ord WHERE (placed, id) > ('2024-06-01', 50) ORDER BY placed, id LIMIT 5",
                "SELECT * FROM line WHERE (ord_id, no) > (500, 1) ORDER BY ord_id, no LIMIT 5",
                // Windows as far as somebody reads them.
                "SELECT id, sum(total) OVER (ORDER BY id) FROM ord LIMIT 10",
                "SELECT id, lag(total, 3) OVER (ORDER BY placed) FROM ord LIMIT 10",
                "SELECT id, avg(total) OVER (ORDER BY placed ROWS 5 PRECEDING) FROM ord"
                        + " ORDER BY placed LIMIT 10",
                "SELECT id, max(total) OVER (ORDER BY id RANGE 10 PRECEDING),"
                        + " lead(id) OVER (ORDER BY id) FROM ord LIMIT 10",
                "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY id) AS rn FROM ord) q"
                        + " WHERE rn <= 10",
                "SELECT * FROM (SELECT *, rank() OVER (ORDER BY placed DESC) AS rn FROM ord"
                        + " WHERE placed IS NOT NULL) q WHERE 10 > rn",
                "SELECT * FROM (SELECT o.id, c.name, dense_rank() OVER (ORDER BY o.id) AS rn"
                        + " FROM ord o JOIN cust c ON c.id = o.cust_id) q WHERE rn < 5 AND rn > 2",
                "SELECT * FROM (SELECT id, count(*) OVER (ORDER BY placed, id) AS n FROM ord) q"
                        + " WHERE n <= 7",
                "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY id DESC) AS rn FROM ord) q"
                        + " WHERE rn < 10",
                "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY placed) AS rn FROM ord) q"
                        + " WHERE rn = 3",
                "SELECT * FROM (SELECT *, rank() OVER (ORDER BY id) AS r FROM ord) q"
                        + " WHERE 4 = r",
                // The least and the greatest.
                "SELECT min(placed), max(placed) FROM ord",
                "SELECT max(id) FROM ord",
                "SELECT min(ord_id) FROM line",
                "SELECT max(p) FROM (SELECT placed AS p, id FROM ord) q",
                "SELECT * FROM ord WHERE id = (SELECT max(id) FROM ord)",
                // Keys of several columns, or compared with something like them.
                "SELECT * FROM line WHERE ord_id IN (5, 7, 9)",
                "DELETE FROM line WHERE ord_id IN (SELECT id FROM ord WHERE cust_id = -5)",
                "UPDATE line SET qty = 0 WHERE ord_id IN (SELECT id FROM ord WHERE cust_id = 50)",
                "SELECT * FROM ord WHERE status = 's2' AND placed IN ('2024-02-01', '2024-02-03')",
                "SELECT * FROM ord WHERE placed = timestamp '2024-02-01'",
                "SELECT * FROM ord WHERE placed > timestamptz '2026-09-01' - interval '1 day'",
                "SELECT g, count(id) FROM generate_series(date '2024-02-01', '2024-02-05', '1 day') g"
                        + " LEFT JOIN ord ON placed = g GROUP BY g",
                // Outer joins along keys.
                "SELECT * FROM cust c LEFT JOIN ord o ON o.cust_id = c.id LEFT JOIN line l"
                        + " ON l.ord_id = o.id WHERE c.city = 'city 5'",
            })
    void readsFewRows(String sql) throws SQLException {
        PlanWork work = PlanWork.of(connection, sql);
        assertThat(work.keys()).as(work.plan()).isLessThanOrEqualTo(FEW);
        assertThat(work.rows()).as(work.plan()).isLessThanOrEqualTo(3 * FEW);
    }
}
