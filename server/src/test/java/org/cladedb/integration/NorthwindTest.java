package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.CladeDB;
import org.cladedb.testing.Psql;
import org.cladedb.testing.RealPostgres;
import org.cladedb.testing.ResultText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A dump of PostgreSQL's, loaded as it is by psql into CladeDB and PostgreSQL, then grouped in
/// CladeDB: every question must be answered alike, also after the database was opened again.
///
/// The dump is not part of this project. It is looked for beside it, or where the system property
/// `cladedb.northwind` says.
final class NorthwindTest {
    private static final Path DUMP =
            Path.of(System.getProperty("cladedb.northwind", "../../shared/data/northwind.sql"));

    private static final List<String> GROUPED =
            List.of(
                    "ALTER TABLE orders DROP CONSTRAINT fk_orders_customers",
                    "ALTER TABLE order_details DROP CONSTRAINT fk_order_details_orders",
                    "ALTER TABLE orders ADD CONSTRAINT fk_orders_customers"
                            + " GROUPING FOREIGN KEY (customer_id) REFERENCES customers",
                    "ALTER TABLE order_details ADD CONSTRAINT fk_order_details_orders"
                            + " GROUPING FOREIGN KEY (order_id) REFERENCES orders");

    private static final String NESTED =
            """
            SELECT c.customer_id, c.company_name, c.region,
                   (SELECT o.order_id, o.order_date, o.shipped_date, o.freight, o.ship_name,
                           (SELECT d.product_id, d.unit_price, d.quantity, d.discount
                            FROM order_details d WHERE d.order_id = o.order_id
                            ORDER BY d.product_id) AS details
                    FROM orders o WHERE o.customer_id = c.customer_id
                    ORDER BY o.order_id) AS orders
            FROM customers c ORDER BY c.customer_id\
            """;

    private static final String AGGREGATED =
            """
            SELECT c.customer_id, c.company_name, c.region,
                   (SELECT coalesce(json_agg(x ORDER BY x.order_id), '[]')
                    FROM (SELECT o.order_id, o.order_date, o.shipped_date, o.freight, o.ship_name,
                                 (SELECT coalesce(json_agg(y ORDER BY y.product_id), '[]')
                                  FROM (SELECT d.product_id, d.unit_price, d.quantity, d.discount
                                        FROM order_details d
                                        WHERE d.order_id = o.order_id) y) AS details
                          FROM orders o WHERE o.customer_id = c.customer_id) x) AS orders
            FROM customers c ORDER BY c.customer_id\
            """;

    @TempDir private static Path directory = Path.of("");

    private static CladeDB database;
    private static RealPostgres postgres;
    private static Connection ours;
    private static Connection theirs;

    @BeforeAll
    static void load() throws SQLException {
        assumeTrue(
                Files.exists(DUMP),
                () ->
                        "no Northwind dump at %s: say where it is with -Dcladedb.northwind=<file>"
                                .formatted(DUMP.toAbsolutePath().normalize()));
        assumeTrue(Psql.isInstalled(), "psql is not installed");
        postgres = RealPostgres.start("fsync=off");
        theirs = DriverManager.getConnection(postgres.jdbcUrl());
        database = CladeDB.open(directory.resolve("data"));
        loadInto(postgres.port());
        loadInto(database.port());
        // From here on everything is read from what was written to the disk.
        database.close();
        database = CladeDB.open(directory.resolve("data"));
        ours = DriverManager.getConnection(database.jdbcUrl());
        List<String> tables = tables(theirs);
        assertThat(tables).hasSize(14).isEqualTo(tables(ours));
        for (String table : tables) {
            assertSameRows("SELECT count(*) FROM " + table);
        }
        try (Statement statement = ours.createStatement()) {
            for (String sql : GROUPED) {
                statement.execute(sql);
            }
        }
    }

    /// Without waiting for the disk at each of the 3 000 rows, which are one transaction each.
    private static void loadInto(int port) {
        Psql.Outcome outcome =
                Psql.to(port)
                        .withOptions("-c synchronous_commit=off")
                        .run("-q", "-v", "ON_ERROR_STOP=1", "-f", DUMP.toString());
        assertThat(outcome).isEqualTo(new Psql.Outcome(0, ""));
    }

    @AfterAll
    static void close() throws SQLException {
        if (ours != null) {
            ours.close();
        }
        if (theirs != null) {
            theirs.close();
        }
        if (database != null) {
            database.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> lines =
                ResultText.of(
                        connection,
                        "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = 'public' ORDER BY 1");
        return lines.subList(1, lines.size());
    }

    private static void assertSameRows(String sql) throws SQLException {
        assertThat(ResultText.of(ours, sql)).as(sql).isEqualTo(ResultText.of(theirs, sql));
    }

    @Test
    void groupingMovesRowsAndChangesNone() throws SQLException {
        for (String table : tables(theirs)) {
            assertSameRows("SELECT t.* FROM " + table + " t ORDER BY t::text COLLATE \"C\"");
        }
    }

    @Test
    void everyCustomerAsATree() throws SQLException {
        List<String> trees = ResultText.of(ours, NESTED);
        assertThat(trees).hasSize(92).isEqualTo(ResultText.of(theirs, AGGREGATED));
        assertThat(ResultText.of(ours, AGGREGATED)).isEqualTo(trees);
    }

    @Test
    void theTreeIsOneGroupScan() throws SQLException {
        List<String> plan = ResultText.of(ours, "EXPLAIN " + NESTED);
        assertThat(plan)
                .containsExactly(
                        "QUERY PLAN:text",
                        "Nested Group Scan on customers",
                        "  Nested orders: orders",
                        "  Nested orders.details: order_details");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT c.company_name, o.order_id, d.product_id, d.quantity FROM customers c"
                        + " JOIN orders o USING (customer_id) JOIN order_details d USING (order_id)"
                        + " ORDER BY o.order_id, d.product_id",
                "SELECT c.customer_id, count(o.order_id), min(o.order_date), max(o.freight)"
                        + " FROM customers c LEFT JOIN orders o USING (customer_id)"
                        + " GROUP BY c.customer_id ORDER BY c.customer_id",
                "SELECT c.country, count(DISTINCT c.customer_id), count(*), sum(d.quantity)"
                        + " FROM customers c JOIN orders o ON o.customer_id = c.customer_id"
                        + " JOIN order_details d ON d.order_id = o.order_id"
                        + " GROUP BY c.country HAVING count(*) > 20 ORDER BY c.country",
                "SELECT d.* FROM order_details d WHERE d.order_id = 10248 ORDER BY d.product_id",
                "SELECT o.order_id FROM orders o WHERE o.customer_id = 'ALFKI' ORDER BY 1 DESC",
                "SELECT customer_id FROM customers c WHERE NOT EXISTS"
                        + " (SELECT FROM orders o WHERE o.customer_id = c.customer_id) ORDER BY 1",
                "SELECT p.product_name, cat.category_name, s.company_name, sum(d.quantity) AS sold"
                        + " FROM order_details d JOIN products p USING (product_id)"
                        + " JOIN categories cat USING (category_id)"
                        + " JOIN suppliers s USING (supplier_id) GROUP BY 1, 2, 3"
                        + " ORDER BY sold DESC, 1 LIMIT 10",
                "SELECT e.last_name, b.last_name AS boss, t.territory_description, r.*"
                        + " FROM employees e LEFT JOIN employees b"
                        + " ON b.employee_id = e.reports_to JOIN employee_territories et"
                        + " ON et.employee_id = e.employee_id JOIN territories t"
                        + " USING (territory_id) JOIN region r USING (region_id)"
                        + " ORDER BY e.last_name, t.territory_id",
                "SELECT extract(year FROM order_date) AS year, count(*), sum(freight::numeric)"
                        + " FROM orders GROUP BY 1 ORDER BY 1",
                "SELECT order_id, round(sum(unit_price::numeric * quantity), 2) AS total,"
                        + " rank() OVER (ORDER BY sum(unit_price::numeric * quantity) DESC)"
                        + " FROM order_details GROUP BY order_id ORDER BY 3, 1 LIMIT 25",
                "SELECT o.ship_country, o.ship_city, o.order_date + 7 AS due FROM orders o"
                        + " WHERE o.shipped_date IS NULL AND o.order_date >= '1998-04-01'"
                        + " ORDER BY o.order_date, o.order_id",
                "SELECT customer_id, order_id FROM orders WHERE (customer_id, order_date) IN"
                        + " (SELECT customer_id, max(order_date) FROM orders GROUP BY 1)"
                        + " ORDER BY 1, 2"
            })
    void questionsAreAnsweredAlike(String sql) throws SQLException {
        assertSameRows(sql);
    }

    @Test
    void theGroupKeepsItsRules() throws SQLException {
        List<String> codes = new ArrayList<>();
        for (Connection connection : List.of(ours, theirs)) {
            for (String sql :
                    List.of(
                            "DELETE FROM customers WHERE customer_id = 'ALFKI'",
                            "INSERT INTO orders (order_id, customer_id) VALUES (1, 'NONE!')",
                            "UPDATE order_details SET order_id = 1 WHERE order_id = 10248",
                            "INSERT INTO order_details VALUES (10248, 11, 1, 1, 0)")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                } catch (SQLException failure) {
                    codes.add(failure.getSQLState());
                }
            }
        }
        assertThat(codes)
                .containsExactly(
                        "23503", "23503", "23503", "23505", "23503", "23503", "23503", "23505");
    }
}
