package org.cladedb.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The main job beside PostgreSQL 18: customers with orders and items, nested, flat and by key.
///
/// Both servers run on this machine at the same time with default durability. Every figure is the
/// median of several runs after a warm-up; before anything is timed, both must give the same rows.
/// Usage: `ShopBenchmark [customers] [result file]`.
public final class ShopBenchmark {
    private static final int WARM_UPS = 4;
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final int RUNS = 9;
    private static final int LOADS = 5;
    private static final long RATE_NANOS = 3_000_000_000L;

    private static final String NESTED =
            "SELECT c.id, c.name, c.region, (SELECT o.id, o.placed, o.status, (SELECT i.id, i.sku,"
                    + " i.quantity, i.price FROM items i WHERE i.order_id = o.id) AS items FROM orders"
                    + " o WHERE o.customer_id = c.id) AS orders FROM customers c";

    private static final String POSTGRES_NESTED_CORRELATED =
            "SELECT c.id, c.name, c.region, (SELECT coalesce(json_agg(t), '[]') FROM (SELECT o.id,"
                    + " o.placed, o.status, (SELECT coalesce(json_agg(u), '[]') FROM (SELECT i.id,"
                    + " i.sku, i.quantity, i.price FROM items i WHERE i.order_id = o.id) u) AS items"
                    + " FROM orders o WHERE o.customer_id = c.id) t) AS orders FROM customers c";

    private static final String POSTGRES_NESTED_GROUPED =
            "SELECT c.id, c.name, c.region, coalesce(oo.orders, '[]') AS orders FROM customers c"
                    + " LEFT JOIN (SELECT o.customer_id, json_agg(json_build_object('id', o.id,"
                    + " 'placed', o.placed, 'status', o.status, 'items', coalesce(ii.items, '[]'))) AS"
                    + " orders FROM orders o LEFT JOIN (SELECT i.order_id,"
                    + " json_agg(json_build_object('id', i.id, 'sku', i.sku, 'quantity', i.quantity,"
                    + " 'price', i.price)) AS items FROM items i GROUP BY i.order_id) ii ON ii.order_id"
                    + " = o.id GROUP BY o.customer_id) oo ON oo.customer_id = c.id";

    private static final String POSTGRES_NESTED_LATERAL =
            "SELECT c.id, c.name, c.region, oo.orders FROM customers c LEFT JOIN LATERAL (SELECT"
                    + " coalesce(json_agg(json_build_object('id', o.id, 'placed', o.placed,"
                    + " 'status', o.status, 'items', ii.items)), '[]') AS orders FROM orders o LEFT"
                    + " JOIN LATERAL (SELECT coalesce(json_agg(json_build_object('id', i.id, 'sku',"
                    + " i.sku, 'quantity', i.quantity, 'price', i.price)), '[]') AS items FROM items"
                    + " i WHERE i.order_id = o.id) ii ON true WHERE o.customer_id = c.id) oo ON true";

    private static final List<String> POSTGRES_NESTED =
            List.of(POSTGRES_NESTED_CORRELATED, POSTGRES_NESTED_GROUPED, POSTGRES_NESTED_LATERAL);

    private static final String FLAT =
            "SELECT c.id, c.name, o.id, o.placed, o.status, i.id, i.sku, i.quantity, i.price FROM"
                    + " customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id ="
                    + " o.id";

    private static final String AGGREGATED =
            "SELECT c.region, count(*), sum(i.quantity * i.price) FROM customers c JOIN orders o ON"
                    + " o.customer_id = c.id JOIN items i ON i.order_id = o.id GROUP BY c.region";

    private final Target clade;
    private final Target postgres;
    private final ShopData data;
    private final ResultTable results = new ResultTable();

    private ShopBenchmark(Target clade, Target postgres, ShopData data) {
        this.clade = clade;
        this.postgres = postgres;
        this.data = data;
    }

    public static void main(String[] arguments) throws Exception {
        int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        try (BothServers both =
                BothServers.start("shared_buffers=1GB", "max_connections=200", "work_mem=64MB")) {
            ShopBenchmark benchmark =
                    new ShopBenchmark(both.clade(), both.postgres(), new ShopData(customers));
            benchmark.run();
            BothServers.report(benchmark.results, "shop, " + customers + " customers", arguments);
        }
    }

    private void run() throws Exception {
        load();
        postgres.sql("VACUUM ANALYZE");
        verify();
        nested();
        read("customers x orders x items, flat", FLAT);
        read("the same aggregated by region", AGGREGATED);
        read("parent rows only", "SELECT id, name FROM customers");
        read("count of parents", "SELECT count(*) FROM customers");
        rates();
    }

    /// Both servers must give the same answers.
    private void verify() throws SQLException {
        System.err.println("comparing results");
        long expected = clade.fingerprint(NESTED);
        for (String sql : POSTGRES_NESTED) {
            requireSame(expected, postgres.fingerprint(sql), sql);
        }
        for (String sql : List.of(FLAT, AGGREGATED)) {
            requireSame(clade.fingerprint(sql), postgres.fingerprint(sql), sql);
        }
    }

    private static void requireSame(long own, long other, String sql) {
        if (own != other) {
            throw new IllegalStateException("the results differ: " + sql);
        }
    }

    private static void createTables(Target target) throws SQLException {
        String grouping = target.grouped() ? "GROUPING " : "";
        target.sql(
                "DROP TABLE IF EXISTS items",
                "DROP TABLE IF EXISTS orders",
                "DROP TABLE IF EXISTS customers",
                "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, region text NOT"
                        + " NULL, email text NOT NULL)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, placed date"
                        + " NOT NULL, status text NOT NULL, "
                        + grouping
                        + "FOREIGN KEY (customer_id) REFERENCES customers)",
                "CREATE TABLE items (id int PRIMARY KEY, order_id int NOT NULL, sku text NOT NULL,"
                        + " quantity int NOT NULL, price numeric(10,2) NOT NULL, "
                        + grouping
                        + "FOREIGN KEY (order_id) REFERENCES orders)");
        if (!target.grouped()) {
            target.sql("CREATE INDEX ON orders (customer_id)", "CREATE INDEX ON items (order_id)");
        }
    }

    /// Loads everything several times, each time into new tables; the last load stays.
    private void load() throws SQLException, IOException {
        List<String> tables = List.of("customers", "orders", "items");
        double[][] cladeMillis = new double[tables.size()][LOADS];
        double[][] postgresMillis = new double[tables.size()][LOADS];
        for (int load = 0; load < LOADS; load++) {
            System.err.println("COPY in, " + (load + 1) + " of " + LOADS);
            createTables(clade);
            createTables(postgres);
            for (int i = 0; i < tables.size(); i++) {
                cladeMillis[i][load] = copyMillis(clade, tables.get(i));
                postgresMillis[i][load] = copyMillis(postgres, tables.get(i));
            }
        }
        for (int i = 0; i < tables.size(); i++) {
            double rows = 1000.0 * rowsOf(tables.get(i));
            results.addRate(
                    "COPY in, " + tables.get(i) + " (rows)",
                    rows / median(cladeMillis[i]),
                    rows / median(postgresMillis[i]));
        }
    }

    private int rowsOf(String table) {
        return switch (table) {
            case "customers" -> data.customers();
            case "orders" -> data.orders();
            default -> data.items();
        };
    }

    private double copyMillis(Target target, String table) throws SQLException, IOException {
        long start = System.nanoTime();
        long copied =
                target.copy(
                        table,
                        switch (table) {
                            case "customers" -> data.customerRows();
                            case "orders" -> data.orderRows();
                            default -> data.itemRows();
                        });
        if (copied != rowsOf(table)) {
            throw new IllegalStateException(target.name() + " copied " + copied + " rows");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private void nested() throws IOException {
        System.err.println("nested read");
        double best = Double.MAX_VALUE;
        for (String sql : POSTGRES_NESTED) {
            best = Math.min(best, medianMillis(postgres, sql));
        }
        results.addMillis(
                "nested read of all (best json_agg form)", medianMillis(clade, NESTED), best);
    }

    private void read(String name, String sql) throws IOException {
        System.err.println(name);
        results.addMillis(name, medianMillis(clade, sql), medianMillis(postgres, sql));
    }

    private static double medianMillis(Target target, String sql) throws IOException {
        try (DrainClient client = target.drain()) {
            long warm = System.nanoTime() + WARM_UP_NANOS;
            for (int i = 0; i < WARM_UPS || System.nanoTime() < warm; i++) {
                client.query(sql);
            }
            double[] millis = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                client.query(sql);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            return median(millis);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void rates() throws Exception {
        String tree = " WHERE c.id = $1";
        for (int connections : new int[] {1, 8}) {
            System.err.println("by key, " + connections + " connections");
            results.addRate(
                    "one customer's tree by key, " + connections + " conn",
                    rate(clade, NESTED + tree, connections),
                    rate(postgres, POSTGRES_NESTED_CORRELATED + tree, connections));
            String point = "SELECT name, region FROM customers c" + tree;
            results.addRate(
                    "point select, " + connections + " conn",
                    rate(clade, point, connections),
                    rate(postgres, point, connections));
        }
    }

    /// Executions a second of a prepared statement with random keys, over all connections.
    private double rate(Target target, String sql, int connections) throws Exception {
        measure(target, sql, connections, RATE_NANOS);
        return measure(target, sql, connections, RATE_NANOS);
    }

    private double measure(Target target, String sql, int connections, long nanos)
            throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> counts = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                int seed = i;
                counts.add(executor.submit(() -> loop(target, sql, seed, stop)));
            }
            Thread.sleep(nanos / 1_000_000);
            stop.set(true);
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        }
    }

    private long loop(Target target, String sql, int seed, AtomicBoolean stop) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (DrainClient client = target.drain()) {
            client.prepare("s", sql);
            long count = 0;
            while (!stop.get()) {
                long rows =
                        client.execute("s", Integer.toString(1 + random.nextInt(data.customers())));
                if (rows != 1) {
                    throw new IllegalStateException(target.name() + " gave " + rows + " rows");
                }
                count++;
            }
            return count;
        }
    }
}
