package org.cladedb.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One query with window calls over a table of [RandomTables]: over windows whose order is total,
/// so that every answer is defined, under a condition on a call or under LIMIT.
final class RandomWindow {
    private static final List<String> CALLS =
            List.of(
                    "row_number()",
                    "rank()",
                    "dense_rank()",
                    "percent_rank()",
                    "cume_dist()",
                    "ntile(3)",
                    "lag(n)",
                    "lag(t, 2, 'none')",
                    "lead(d)",
                    "lag(id, n)",
                    "first_value(t)",
                    "last_value(n)",
                    "nth_value(id, 2)",
                    "sum(n)",
                    "count(*)",
                    "count(t)",
                    "max(d)",
                    "min(t)",
                    "array_agg(id)",
                    "sum(d) FILTER (WHERE n > 1)");
    private static final List<String> KEYS =
            List.of("n", "t", "d", "n % 2", "d DESC", "t DESC", "n");
    private static final List<String> STARTS =
            List.of("UNBOUNDED PRECEDING", "2 PRECEDING", "CURRENT ROW", "1 FOLLOWING");
    private static final List<String> ENDS =
            List.of("UNBOUNDED FOLLOWING", "2 FOLLOWING", "CURRENT ROW", "1 PRECEDING");
    private static final List<String> RISING =
            List.of("row_number()", "rank()", "dense_rank()", "ntile(2)", "count(*)", "count(n)");
    private static final List<String> CONDITIONS =
            List.of(
                    "r < 4",
                    "r <= 2",
                    "3 > r",
                    "r = 1",
                    "2 = r",
                    "r <= NULL",
                    "r = 2 AND x IS NOT NULL");

    private final RandomGenerator random;

    RandomWindow(RandomGenerator random) {
        this.random = random;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String next() {
        String table = any(RandomTables.NAMES);
        String window = window();
        return switch (random.nextInt(3)) {
            case 0 ->
                    "SELECT id, %s OVER (%s) AS x, %s OVER (%s) AS y FROM %s"
                            .formatted(any(CALLS), framed(window), any(CALLS), window(), table);
            case 1 ->
                    "SELECT * FROM (SELECT id, %s OVER (%s) AS r, %s OVER (%s) AS x FROM %s) q WHERE %s"
                            .formatted(
                                    any(RISING),
                                    window,
                                    any(CALLS),
                                    framed(window),
                                    table,
                                    any(CONDITIONS));
            default ->
                    "SELECT id, %s OVER (ORDER BY id) AS x, %s OVER (%s) AS y FROM %s ORDER BY id LIMIT %d"
                            .formatted(
                                    any(CALLS),
                                    any(CALLS),
                                    framed("ORDER BY id"),
                                    table,
                                    1 + random.nextInt(5));
        };
    }

    private String window() {
        List<String> order = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            order.add(any(KEYS));
        }
        order.add("id");
        String partition =
                random.nextBoolean() ? "" : "PARTITION BY " + any(List.of("n", "t", "n % 2"));
        return partition + " ORDER BY " + String.join(", ", order);
    }

    private String framed(String window) {
        String mode = any(List.of("", "ROWS", "GROUPS"));
        String start = any(STARTS);
        String end = any(ENDS);
        // Frames that end before they start are errors.
        boolean wrong =
                switch (start) {
                    case "CURRENT ROW" -> end.equals("1 PRECEDING");
                    case "1 FOLLOWING" -> end.equals("1 PRECEDING") || end.equals("CURRENT ROW");
                    default -> false;
                };
        return mode.isEmpty() || wrong
                ? window
                : "%s %s BETWEEN %s AND %s".formatted(window, mode, start, end);
    }
}
