package org.cladedb.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One query over [RandomTables]. Its rows are the same in any database up to their order; what
/// divides by zero or depends on the order of rows is not made.
final class RandomQuery {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final int DEPTH_MAX = 3;

    private final RandomGenerator random;
    private int aliases;
    private boolean ordered;

    RandomQuery(RandomGenerator random) {
        this.random = random;
    }

    /// A FROM item that is in scope.
    private record Source(String alias, String table) {}

    /// Whether the order of the rows of the query made is defined too.
    boolean isOrdered() {
        return ordered;
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String next() {
        return switch (random.nextInt(15)) {
            case 0 -> setOperation();
            case 10 ->
                    "SELECT v.x1, v.x0 FROM ("
                            + setOperation()
                            + ") v WHERE v.x0 "
                            + any(COMPARISONS)
                            + " 2 OR v.x0 = 4";
            case 11 ->
                    "WITH w AS ("
                            + plain(2, List.of(), 1)
                            + ") SELECT x0 FROM w WHERE x1 IS NOT NULL";
            case 12 -> window();
            case 13, 14 -> new RandomWindow(random).next();
            case 1, 2, 3 -> grouped(List.of(), 0);
            case 4 ->
                    "WITH w AS ("
                            + plain(2, List.of(), 1)
                            + ") SELECT w.x0, v.x1 FROM w LEFT JOIN w v"
                            + " ON w.x0 IS NOT DISTINCT FROM v.x0";
            default -> plain(1 + random.nextInt(3), List.of(), 0);
        };
    }

    /// Windows below a condition on what they are partitioned by, or on something else.
    private String window() {
        String rows =
                any(
                        List.of(
                                "",
                                " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                                " ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING",
                                " GROUPS 1 PRECEDING"));
        return "SELECT v.id, v.s, v.m FROM (SELECT s.id, s.n, sum(s.d) OVER w AS s,"
                + " avg(s.n) OVER w AS m FROM "
                + any(RandomTables.NAMES)
                + " s WINDOW w AS (PARTITION BY s.n ORDER BY s.id"
                + rows
                + ")) v WHERE v."
                + any(List.of("n", "id"))
                + " "
                + any(COMPARISONS)
                + " 2";
    }

    private String setOperation() {
        String operator = any(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL"));
        return integers() + " " + operator + " " + integers();
    }

    private String integers() {
        List<Source> sources = new ArrayList<>();
        String from = from(sources, List.of(), 1);
        return "SELECT "
                + integer(sources)
                + " AS x0, "
                + integer(sources)
                + " AS x1 FROM "
                + from
                + where(sources, 1);
    }

    /// A SELECT without aggregates of `width` columns `x0`, `x1` …
    private String plain(int width, List<Source> outer, int depth) {
        List<Source> sources = new ArrayList<>();
        String from = from(sources, outer, depth);
        List<Source> all = joined(sources, outer);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            items.add(value(all, depth) + " AS x" + i);
        }
        String distinct = oneIn(6) ? "DISTINCT " : "";
        String order =
                depth == 0 && oneIn(3)
                        ? " ORDER BY "
                                + (distinct.isEmpty() ? keys(sources) : positions(width))
                                + (oneIn(2) ? " LIMIT " + (1 + random.nextInt(9)) : "")
                                + (oneIn(4) ? " OFFSET " + random.nextInt(3) : "")
                        : "";
        ordered |= !order.isEmpty();
        return "SELECT "
                + distinct
                + String.join(", ", items)
                + " FROM "
                + from
                + where(all, depth)
                + order;
    }

    /// An order that no two rows share: every source's key.
    private String keys(List<Source> sources) {
        List<String> keys = new ArrayList<>();
        for (Source source : sources) {
            keys.add(
                    source.alias()
                            + ".id"
                            + any(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")));
        }
        return String.join(", ", keys);
    }

    private static String positions(int width) {
        List<String> positions = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            positions.add(String.valueOf(i));
        }
        return String.join(", ", positions);
    }

    private String grouped(List<Source> outer, int depth) {
        List<Source> sources = new ArrayList<>();
        String from = from(sources, outer, depth);
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String listed = any(sources).alias() + ".n = ANY ('{1,NULL,3}'::int[])";
            keys.add(oneIn(8) ? listed : oneIn(3) ? integer(sources) : column(sources));
        }
        List<String> items = new ArrayList<>(keys);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            items.add(aggregate(sources));
        }
        String having =
                oneIn(4)
                        ? " HAVING " + aggregate(sources, "n") + " " + any(COMPARISONS) + " 3"
                        : "";
        return "SELECT "
                + String.join(", ", items)
                + " FROM "
                + from
                + where(joined(sources, outer), depth)
                + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys))
                + having;
    }

    private String aggregate(List<Source> sources) {
        String filter = oneIn(5) ? " FILTER (WHERE " + simple(sources) + ")" : "";
        Source source = any(sources);
        String text = source.alias() + ".t";
        return switch (random.nextInt(8)) {
            case 0 -> "count(*)" + filter;
            case 1 -> "count(DISTINCT " + column(sources) + ")" + filter;
            case 2 -> "string_agg(" + text + ", ',' ORDER BY " + text + ")" + filter;
            case 3 -> "array_agg(" + text + " ORDER BY " + text + " DESC)" + filter;
            case 4 -> "max(" + text + ")" + filter;
            case 5 -> "bool_or(" + source.alias() + ".n > 2)" + filter;
            case 6 -> "avg(" + source.alias() + ".d)" + filter;
            default -> aggregate(sources, "n") + filter;
        };
    }

    private String aggregate(List<Source> sources, String column) {
        return any(List.of("sum", "min", "max", "count"))
                + "("
                + any(sources).alias()
                + "."
                + column
                + ")";
    }

    private static List<Source> joined(List<Source> inner, List<Source> outer) {
        List<Source> all = new ArrayList<>(inner);
        all.addAll(outer);
        return all;
    }

    /// FROM with one to three items, which it adds to `sources`.
    private String from(List<Source> sources, List<Source> outer, int depth) {
        StringBuilder from = new StringBuilder(item(sources, depth));
        int more = random.nextInt(depth == 0 ? 3 : 2);
        for (int i = 0; i < more; i++) {
            List<Source> before = List.copyOf(sources);
            if (depth < 2 && oneIn(8)) {
                from.append(oneIn(2) ? " LEFT JOIN LATERAL (" : " JOIN LATERAL (")
                        .append(lateral(joined(before, outer), depth + 1))
                        .append(") ");
                Source source = new Source(alias(), "lateral");
                from.append(source.alias()).append(" ON true");
                sources.add(source);
                continue;
            }
            String type =
                    any(
                            List.of(
                                    " JOIN ",
                                    " LEFT JOIN ",
                                    " LEFT JOIN ",
                                    " RIGHT JOIN ",
                                    " FULL JOIN "));
            from.append(type).append(item(sources, depth)).append(" ON ");
            from.append(joinCondition(before, sources.getLast(), type.contains("FULL")));
        }
        return from.toString();
    }

    /// A subquery with the columns of a table, of which it sees at most three rows.
    private String lateral(List<Source> before, int depth) {
        String table = any(RandomTables.NAMES);
        Source own = new Source(alias(), table);
        return "SELECT "
                + own.alias()
                + ".id, "
                + own.alias()
                + ".n, "
                + own.alias()
                + ".t, "
                + own.alias()
                + ".d FROM "
                + table
                + " "
                + own.alias()
                + " WHERE "
                + own.alias()
                + ".n "
                + any(COMPARISONS)
                + " "
                + any(before).alias()
                + ".n"
                + (depth < DEPTH_MAX
                        ? " AND " + condition(joined(List.of(own), before), depth)
                        : "")
                + " ORDER BY "
                + own.alias()
                + ".id LIMIT 3";
    }

    private String alias() {
        return "s" + aliases++;
    }

    private String item(List<Source> sources, int depth) {
        String table = any(RandomTables.NAMES);
        Source source = new Source(alias(), table);
        sources.add(source);
        if (depth < 2 && oneIn(8)) {
            String inner = alias();
            return "(SELECT "
                    + inner
                    + ".* FROM "
                    + table
                    + " "
                    + inner
                    + " WHERE "
                    + condition(List.of(new Source(inner, table)), depth + 1)
                    + ") "
                    + source.alias();
        }
        return table + " " + source.alias();
    }

    private String joinCondition(List<Source> before, Source added, boolean full) {
        List<String> options = new ArrayList<>();
        for (Source source : before) {
            addReference(source, added, options);
            addReference(added, source, options);
            options.add(source.alias() + ".n = " + added.alias() + ".n");
            if (!full) {
                options.add(
                        source.alias() + ".id " + any(COMPARISONS) + " " + added.alias() + ".n");
            }
        }
        String condition = any(options);
        if (!full && oneIn(4)) {
            List<Source> both = joined(before, List.of(added));
            condition += " AND " + simple(both);
        }
        return condition;
    }

    /// The condition by which one is the parent of the other, twice as likely as others.
    private static void addReference(Source parent, Source child, List<String> options) {
        String key =
                switch (child.table()) {
                    case "b" -> parent.table().equals("a") ? "a_id" : "";
                    case "c" -> parent.table().equals("b") ? "b_id" : "";
                    default -> "";
                };
        if (!key.isEmpty()) {
            String condition = parent.alias() + ".id = " + child.alias() + "." + key;
            options.addAll(List.of(condition, condition, condition, condition));
        }
    }

    private String where(List<Source> sources, int depth) {
        return oneIn(3) ? "" : " WHERE " + condition(sources, depth);
    }

    private String condition(List<Source> sources, int depth) {
        return switch (random.nextInt(depth < DEPTH_MAX ? 12 : 6)) {
            case 0 -> condition(sources, depth + 1) + " AND " + condition(sources, depth + 1);
            case 1 ->
                    "("
                            + condition(sources, depth + 1)
                            + " OR "
                            + condition(sources, depth + 1)
                            + ")";
            case 2 -> "NOT (" + condition(sources, depth + 1) + ")";
            case 6 -> (oneIn(2) ? "NOT " : "") + "EXISTS (" + plain(1, sources, depth + 2) + ")";
            case 7 ->
                    integer(sources)
                            + (oneIn(2) ? " NOT" : "")
                            + " IN ("
                            + column(sources, "n", depth)
                            + ")";
            case 8 ->
                    integer(sources)
                            + " "
                            + any(COMPARISONS)
                            + any(List.of(" ANY (", " ALL ("))
                            + column(sources, "id", depth)
                            + ")";
            case 9 -> integer(sources) + " " + any(COMPARISONS) + " " + scalar(sources, depth);
            default -> simple(sources);
        };
    }

    /// A subquery of one integer column.
    private String column(List<Source> outer, String column, int depth) {
        List<Source> sources = new ArrayList<>();
        String from = from(sources, outer, depth + 2);
        return "SELECT "
                + sources.getFirst().alias()
                + "."
                + column
                + " FROM "
                + from
                + where(joined(sources, outer), depth + 2);
    }

    private String scalar(List<Source> outer, int depth) {
        List<Source> sources = new ArrayList<>();
        String from = from(sources, outer, depth + 2);
        return "(SELECT "
                + aggregate(sources, "n")
                + " FROM "
                + from
                + where(joined(sources, outer), depth + 2)
                + ")";
    }

    private String simple(List<Source> sources) {
        Source source = any(sources);
        String alias = source.alias();
        return switch (random.nextInt(10)) {
            case 9 -> "(" + alias + ".n = 1 OR " + simple(sources) + " OR " + alias + ".n = 3)";
            case 0 -> alias + ".n IS " + (oneIn(2) ? "NOT " : "") + "NULL";
            case 1 -> alias + ".t " + any(List.of("= 'x'", "< 'y'", "LIKE '%z'", "IN ('x', 'w')"));
            case 2 -> alias + ".d BETWEEN 50 AND " + (60 + random.nextInt(200));
            case 3 -> integer(sources) + " IS NOT DISTINCT FROM " + integer(sources);
            case 4 -> alias + ".id IN (1, 3, " + random.nextInt(20) + ")";
            case 5 -> alias + ".id " + any(COMPARISONS) + " " + random.nextInt(12);
            default -> integer(sources) + " " + any(COMPARISONS) + " " + integer(sources);
        };
    }

    private String column(List<Source> sources) {
        return any(sources).alias() + "." + any(List.of("id", "n", "t", "d"));
    }

    private String integer(List<Source> sources) {
        String column = any(sources).alias() + any(List.of(".n", ".n", ".id"));
        return switch (random.nextInt(7)) {
            case 0 -> "(" + column + " + 1)";
            case 1 -> "coalesce(" + column + ", 2)";
            case 2 -> "CASE WHEN " + column + " > 2 THEN 1 ELSE 3 END";
            case 3 -> String.valueOf(random.nextInt(6));
            default -> column;
        };
    }

    private String value(List<Source> sources, int depth) {
        if (depth >= 2) {
            return column(sources);
        }
        return switch (random.nextInt(10)) {
            case 0 -> scalar(sources, depth);
            case 1 -> integer(sources);
            case 2 -> "(" + simple(sources) + ")";
            case 4 -> "(" + any(sources).alias() + ".d * " + any(sources).alias() + ".n / 7 / 3)";
            case 3 -> "(SELECT json_agg(k ORDER BY k.id) FROM (" + kept(sources, depth) + ") k)";
            default -> column(sources);
        };
    }

    /// Rows of a table, perhaps the children of a row in scope.
    private String kept(List<Source> outer, int depth) {
        String table = any(RandomTables.NAMES);
        Source own = new Source(alias(), table);
        List<String> options = new ArrayList<>();
        for (Source source : outer) {
            addReference(source, own, options);
            options.add(source.alias() + ".n = " + own.alias() + ".n");
        }
        return "SELECT "
                + own.alias()
                + ".id, "
                + own.alias()
                + ".t FROM "
                + table
                + " "
                + own.alias()
                + " WHERE "
                + any(options)
                + (oneIn(3) ? " AND " + condition(joined(List.of(own), outer), depth + 2) : "");
    }
}
