package org.cladedb.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// Sort, hash join and aggregation of ten times `work_mem` beside PostgreSQL 18 with the same.
///
/// Both servers run on this machine at the same time, PostgreSQL without parallel workers. Every
/// figure is the median of several runs after a warm-up; before anything is timed, both must give
/// the same rows. Usage: `SpillBenchmark [rows] [result file]`.
public final class SpillBenchmark {
    private static final int WARM_UPS = 3;
    private static final int RUNS = 5;
    private static final String WORK_MEMORY = "SET work_mem = '4MB'";

    private static final String SORT =
            "SELECT count(*), min(t) FROM (SELECT id, t FROM big ORDER BY t, id OFFSET 0) s";
    private static final String SORT_NUMBERS =
            "SELECT count(*), min(t) FROM (SELECT k, t FROM big ORDER BY k OFFSET 0) s";
    private static final String JOIN =
            "SELECT count(*), sum(a.id), max(b.t) FROM big a JOIN big b ON a.k = b.l";
    private static final String AGGREGATE =
            "SELECT count(*), sum(n), max(s) FROM (SELECT t, count(*) AS n, sum(id) AS s FROM big"
                    + " GROUP BY t) g";
    private static final String DISTINCT = "SELECT count(*) FROM (SELECT DISTINCT t, k FROM big) d";

    private final Target clade;
    private final Target postgres;
    private final ResultTable results = new ResultTable();

    private SpillBenchmark(Target clade, Target postgres) {
        this.clade = clade;
        this.postgres = postgres;
    }

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600_000;
        try (BothServers both =
                BothServers.start(
                        "shared_buffers=1GB",
                        "hash_mem_multiplier=1",
                        "max_parallel_workers_per_gather=0")) {
            SpillBenchmark benchmark = new SpillBenchmark(both.clade(), both.postgres());
            benchmark.run(rows);
            BothServers.report(benchmark.results, "spilling, " + rows + " rows", arguments);
        }
    }

    private void run(int rows) throws SQLException, IOException {
        for (Target target : List.of(clade, postgres)) {
            target.sql(
                    "CREATE TABLE big (id int PRIMARY KEY, k int, l int, t text)",
                    ("INSERT INTO big SELECT i, i::bigint * 7919 %% %1$d, i::bigint * 104729 %%"
                                    + " %1$d, repeat('x', 30) || (i::bigint * 15485863 %% %1$d)"
                                    + " FROM generate_series(1, %1$d) i")
                            .formatted(rows));
        }
        postgres.sql("VACUUM ANALYZE");
        measure("sort by text", SORT);
        measure("sort by a number", SORT_NUMBERS);
        measure("hash join", JOIN);
        measure("aggregation, a group for each row", AGGREGATE);
        measure("DISTINCT", DISTINCT);
    }

    private void measure(String name, String sql) throws SQLException, IOException {
        System.err.println(name);
        if (clade.fingerprint(sql) != postgres.fingerprint(sql)) {
            throw new IllegalStateException("the results differ: " + sql);
        }
        results.addMillis(name, medianMillis(clade, sql), medianMillis(postgres, sql));
    }

    private static double medianMillis(Target target, String sql) throws IOException {
        try (DrainClient client = target.drain()) {
            client.query(WORK_MEMORY);
            for (int i = 0; i < WARM_UPS; i++) {
                client.query(sql);
            }
            double[] millis = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                client.query(sql);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            return millis[RUNS / 2];
        }
    }
}
