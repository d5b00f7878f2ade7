package org.cladedb.comparison;

import java.util.List;
import java.util.random.RandomGenerator;

/// One query over [RandomTables] with rows as values: compared, tested, looked for in subqueries,
/// grouped and sorted.
final class RandomRow {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    /// Pairs of expressions of the same two types, so that any can be compared with any.
    private static final List<String> PAIRS =
            List.of(
                    "s.n, s.t",
                    "s.n, 'x'",
                    "s.n + 1, s.t",
                    "2, s.t",
                    "3, 'y'",
                    "NULL::int, 'z'",
                    "s.id % 4, s.t",
                    "coalesce(s.n, 1), coalesce(s.t, 'w')");

    private final RandomGenerator random;
    private boolean ordered;

    RandomRow(RandomGenerator random) {
        this.random = random;
    }

    boolean isOrdered() {
        return ordered;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String next() {
        String table = any(RandomTables.NAMES);
        return switch (random.nextInt(8)) {
            case 0 -> "SELECT s.id, %s AS x, %s AS y FROM %s s".formatted(test(), test(), table);
            case 1, 2 -> "SELECT s.id FROM %s s WHERE %s".formatted(table, test());
            case 3 -> "SELECT s.id FROM %s s WHERE %s OR NOT %s".formatted(table, test(), test());
            case 4 -> "SELECT DISTINCT ROW(%s) FROM %s s".formatted(known(), table);
            case 5 ->
                    "SELECT ROW(%s) AS x, count(*) FROM %s s GROUP BY 1".formatted(known(), table);
            case 6 -> {
                ordered = true;
                yield "SELECT s.id FROM %s s ORDER BY ROW(%s)%s, s.id"
                        .formatted(table, known(), any(List.of("", " DESC")));
            }
            default ->
                    "SELECT ROW(%s) FROM %s s %s SELECT ROW(%s) FROM %s s"
                            .formatted(
                                    known(),
                                    table,
                                    any(List.of("UNION", "INTERSECT", "EXCEPT", "UNION ALL")),
                                    known(),
                                    any(RandomTables.NAMES));
        };
    }

    /// A pair without literals, whose types are text and integer from the beginning.
    private String known() {
        return any(List.of("s.n, s.t", "s.n + 1, s.t", "s.id % 4, s.t", "2, coalesce(s.t, 'w')"));
    }

    private String test() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "(%s) %s (%s)".formatted(any(PAIRS), any(COMPARISONS), any(PAIRS));
            case 2 ->
                    "(%s) %sIN ((%s), (%s))"
                            .formatted(
                                    any(PAIRS), any(List.of("", "NOT ")), any(PAIRS), any(PAIRS));
            case 3 ->
                    "(%s) %sBETWEEN %s(%s) AND (%s)"
                            .formatted(
                                    any(PAIRS),
                                    any(List.of("", "NOT ")),
                                    any(List.of("", "SYMMETRIC ")),
                                    any(PAIRS),
                                    any(PAIRS));
            case 4 ->
                    "ROW(%s) IS %sDISTINCT FROM ROW(%s)"
                            .formatted(any(PAIRS), any(List.of("", "NOT ")), any(PAIRS));
            case 5 -> "ROW(%s) IS %sNULL".formatted(any(PAIRS), any(List.of("", "NOT ")));
            case 6 ->
                    "(%s) %sIN (%s)"
                            .formatted(any(PAIRS), any(List.of("", "NOT ")), subquery("o.n, o.t"));
            case 7 ->
                    "(%s) %s %s (%s)"
                            .formatted(
                                    any(PAIRS),
                                    any(List.of("=", "<>")),
                                    any(List.of("ANY", "ALL")),
                                    subquery("o.n, o.t"));
            default ->
                    "s.n %s %s (%s)"
                            .formatted(
                                    any(COMPARISONS), any(List.of("ANY", "ALL")), subquery("o.n"));
        };
    }

    private String subquery(String columns) {
        return "SELECT %s FROM %s o%s"
                .formatted(
                        columns,
                        any(RandomTables.NAMES),
                        any(
                                List.of(
                                        "",
                                        " WHERE o.n > 1",
                                        " WHERE o.id = s.id",
                                        " WHERE o.n IS NOT NULL AND o.t IS NOT NULL",
                                        " WHERE o.id < 0")));
    }
}
