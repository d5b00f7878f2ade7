package org.cladedb.stress;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What is run, and what may come of it.
final class Workload {
    static final int ROWS = 50_000;

    static final List<String> SCHEMA =
            List.of(
                    "create table item (id int primary key, kind int, note text)",
                    "insert into item select i, i % 100, md5(i::text)"
                            + " from generate_series(1, "
                            + ROWS
                            + ") i",
                    "create table event (id bigserial primary key, item int, at timestamptz)");

    /// Every way to take processors and memory for long.
    private static final List<String> HEAVY =
            List.of(
                    "select sum(a * b) from generate_series(1, 1000000000) a,"
                            + " generate_series(1, 100000) b",
                    "select count(*) from item where repeat(note, 100) like '%a%b%c%d%e%g%'",
                    "select count(*) from (select note from item, generate_series(1, 50) i"
                            + " order by md5(note || i)) x",
                    "select count(*) from (select note || i as n, count(*)"
                            + " from item, generate_series(1, 50) i group by 1) x",
                    "select count(*) from item a join item b on a.kind = b.kind and a.note < b.note",
                    "select max(s) from (select sum(id) over (order by note, id) s from item,"
                            + " generate_series(1, 20) i) x",
                    "with recursive r(n) as (select 1 union select n + 1 from r)"
                            + " select count(*) from r",
                    "select length(regexp_replace(repeat('abcab', 1000000), '(a|b)+c', 'x', 'g'))",
                    "select length(jsonb_agg(note)::text) from item, generate_series(1, 20) i",
                    "select length(upper(repeat('abcdef', 1000000))) from generate_series(1, 200) i",
                    "select length(array_fill(1, array[1000000])::text) from generate_series(1, 20)",
                    "select length(exp(999.123456789::numeric)::text) from generate_series(1, 100)",
                    "create table heavy_copy as select * from item, generate_series(1, 20) i");

    /// Stopped, terminated and what a driver says after that; out of memory or space for one
    /// statement; two that make the same table.
    private static final Set<String> EXPECTED =
            Set.of(
                    "57014", "57P01", "08003", "08006", "53200", "53100", "53400", "54000", "42P07",
                    "40001", "40P01");

    private Workload() {}

    static String heavy(RandomGenerator random) {
        return HEAVY.get(random.nextInt(HEAVY.size()));
    }

    static String busy(RandomGenerator random) {
        int id = 1 + random.nextInt(ROWS);
        return switch (random.nextInt(5)) {
            case 0 -> "insert into event (item, at) values (" + id + ", now())";
            case 1 -> "update item set kind = kind + 1 where id = " + id;
            case 2 -> "select count(*) from item where id between " + id + " and " + (id + 20);
            case 3 -> "select * from event order by id desc limit 5";
            default -> "select note from item where id = " + id;
        };
    }

    static boolean isExpected(String state) {
        return EXPECTED.contains(state);
    }
}
