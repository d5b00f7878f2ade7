package org.cladedb.comparison;

import java.util.List;
import java.util.random.RandomGenerator;

/// One modification of [RandomTables] whose effect does not depend on the order of rows: every row
/// is written once, and what is written comes from one row.
final class RandomModification {
    private static final List<String> CONDITIONS =
            List.of(
                    "s.n > 1",
                    "s.n IS NULL",
                    "s.id % 2 = 0",
                    "s.t IN ('x', 'y')",
                    "s.d < 100 AND s.n <> 3",
                    "EXISTS (SELECT FROM a o WHERE o.n = s.n)",
                    "s.n < ANY (SELECT o.n FROM b o WHERE o.id <> s.id)",
                    "s.n >= (SELECT avg(o.n) FROM c o)");
    private static final List<String> NUMBERS =
            List.of(
                    "s.n + 1",
                    "NULL",
                    "7",
                    "(SELECT max(o.n) FROM a o)",
                    "(SELECT count(*) FROM b o WHERE o.n = s.n)",
                    "CASE WHEN s.t = 'x' THEN s.id ELSE s.n END");

    private final RandomGenerator random;

    RandomModification(RandomGenerator random) {
        this.random = random;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String next() {
        return switch (random.nextInt(5)) {
            case 0 ->
                    with()
                            + " SELECT w.*, (SELECT count(*) FROM %s) AS before FROM w"
                                    .formatted(any(RandomTables.NAMES));
            case 1 -> with() + " SELECT count(*) FROM " + any(RandomTables.NAMES);
            default -> one(any(RandomTables.NAMES));
        };
    }

    private String with() {
        return "WITH w AS (" + one(any(RandomTables.NAMES)) + ")";
    }

    private String one(String table) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> insert(table);
            case 2 ->
                    "UPDATE %s AS s SET n = %s, t = 'u' || s.t WHERE %s%s"
                            .formatted(table, any(NUMBERS), any(CONDITIONS), returning("s"));
            case 3 ->
                    "UPDATE %s AS s SET (n, d) = (x.n, x.d + 1) FROM %s x WHERE x.id = s.id AND %s%s"
                            .formatted(
                                    table,
                                    any(RandomTables.NAMES),
                                    any(CONDITIONS),
                                    returning("s"));
            case 4 ->
                    "DELETE FROM %s AS s WHERE %s%s"
                            .formatted(table, any(CONDITIONS), returning("s"));
            default ->
                    "DELETE FROM %s AS s USING %s x WHERE x.id = s.id AND %s%s"
                            .formatted(
                                    table,
                                    any(RandomTables.NAMES),
                                    any(CONDITIONS),
                                    returning("s"));
        };
    }

    private String insert(String table) {
        int shift = any(List.of(0, 1, 3, 100));
        String conflict =
                any(
                        List.of(
                                "",
                                " ON CONFLICT DO NOTHING",
                                " ON CONFLICT (id) DO UPDATE SET n = excluded.n + r.n",
                                " ON CONFLICT (id) DO UPDATE SET n = (SELECT count(*) FROM a),"
                                        + " t = excluded.t WHERE r.n > 1",
                                " ON CONFLICT (id) DO UPDATE SET d = r.d + (SELECT max(o.d) FROM "
                                        + table
                                        + " o) WHERE EXISTS (SELECT FROM "
                                        + table
                                        + " o WHERE o.n = excluded.n)"));
        return "INSERT INTO %s AS r (id, n, t, d) SELECT s.id + %d, %s, s.t, s.d FROM %s s WHERE %s%s%s"
                .formatted(
                        table,
                        shift,
                        any(NUMBERS),
                        any(RandomTables.NAMES),
                        any(CONDITIONS),
                        conflict,
                        returning("r"));
    }

    private String returning(String alias) {
        return " RETURNING "
                + alias
                + any(List.of(".id", ".id, (SELECT count(*) FROM b) AS rows", ".*"));
    }
}
