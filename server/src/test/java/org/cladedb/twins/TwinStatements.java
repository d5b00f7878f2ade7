package org.cladedb.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random statements over a schema.
final class TwinStatements {
    private static final int IDS = 14;
    private static final int FEW = 10;
    private static final int MANY = 400;
    private static final int VALUES = 5;
    private static final List<String> TEXTS =
            List.of("NULL", "''", "'a'", "'B'", "'\"q\" \\ /'", "E'x\\ny'", "'ä😀'");
    private static final int DEPTH_MAX = 4;

    private final TwinSchema schema;
    private final Random random;
    private final int filled;
    private int aliases;

    /// A statement in our dialect and in PostgreSQL's.
    record Twin(String nested, String plain) {
        static Twin same(String sql) {
            return new Twin(sql, sql);
        }
    }

    TwinStatements(TwinSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
        // Scans behave differently where there is much to skip.
        filled = random.nextInt(4) == 0 ? MANY : FEW;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int id() {
        return 1 + random.nextInt(IDS);
    }

    /// A change whose outcome does not depend on the order of rows.
    Twin change() {
        TwinSchema.Table table = any(schema.tables());
        if (random.nextInt(12) > 0 || table.isRoot()) {
            return Twin.same(write(table));
        }
        String drop =
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s_up_fkey"
                        .formatted(table.name(), table.name());
        if (random.nextInt(3) == 0) {
            return Twin.same(drop);
        }
        String actions = TwinSchema.actions(random);
        return new Twin(
                drop + ", ADD " + table.foreignKey("GROUPING", actions),
                drop + ", ADD " + table.foreignKey("", actions));
    }

    private String write(TwinSchema.Table table) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> insert(table);
            case 4 ->
                    "UPDATE %s SET %s WHERE id = %d"
                            .formatted(table.name(), table.assignment("id", "" + id()), id());
            case 5 ->
                    "UPDATE %s SET v = %s WHERE %s"
                            .formatted(table.name(), value(), condition(table, table.name()));
            case 6, 7 ->
                    table.isRoot()
                            ? insert(table)
                            : "UPDATE %s SET %s WHERE %s"
                                    .formatted(
                                            table.name(),
                                            table.assignment(
                                                    "up",
                                                    random.nextInt(4) == 0 ? "NULL" : "" + id()),
                                            condition(table, table.name()));
            case 8 -> "DELETE FROM %s WHERE id = %d".formatted(table.name(), id());
            default ->
                    "DELETE FROM %s WHERE %s AND id > %d"
                            .formatted(table.name(), condition(table, table.name()), IDS / 2);
        };
    }

    /// Rows to begin with.
    String fill(TwinSchema.Table table) {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= filled; id++) {
            int parent = 1 + random.nextInt(random.nextBoolean() ? FEW : filled);
            String up = random.nextInt(6) == 0 ? "NULL" : "" + parent;
            rows.add(
                    "(%d, %s%s, %s%s)"
                            .formatted(
                                    id,
                                    table.isRoot() ? "" : up + ", ",
                                    value(),
                                    any(TEXTS),
                                    table.tags(id, up)));
        }
        return "INSERT INTO " + table.name() + " VALUES " + String.join(", ", rows);
    }

    private String insert(TwinSchema.Table table) {
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String up = random.nextInt(6) == 0 ? "NULL" : "" + id();
            int id = id();
            rows.add(
                    "(%d, %s%s, %s%s)"
                            .formatted(
                                    id,
                                    table.isRoot() ? "" : up + ", ",
                                    value(),
                                    any(TEXTS),
                                    table.tags(id, up)));
        }
        return "INSERT INTO %s VALUES %s%s"
                .formatted(
                        table.name(),
                        String.join(", ", rows),
                        random.nextInt(3) == 0 ? "" : " ON CONFLICT DO NOTHING");
    }

    private String value() {
        return random.nextInt(5) == 0 ? "NULL" : "" + random.nextInt(VALUES);
    }

    private String condition(TwinSchema.Table table, String alias) {
        List<TwinSchema.Table> children = schema.children(table);
        return children.isEmpty() || random.nextInt(6) > 0
                ? ownCondition(table, alias)
                : conditionBelow(any(children), alias);
    }

    private String conditionBelow(TwinSchema.Table child, String alias) {
        String below = alias();
        String from =
                " FROM %s %s WHERE %s".formatted(child.name(), below, ownCondition(child, below));
        String ofRow = " AND " + child.below(below, alias);
        return switch (random.nextInt(5)) {
            case 0 -> "EXISTS (SELECT 1" + from + ofRow + ")";
            case 1 -> "NOT EXISTS (SELECT 1" + from + ofRow + ")";
            case 2 -> "%s.id IN (SELECT %s.up%s)".formatted(alias, below, from);
            case 3 -> "%s.id NOT IN (SELECT %s.up%s)".formatted(alias, below, from);
            default -> "(SELECT count(*)" + from + ofRow + ") > 0";
        };
    }

    private String ownCondition(TwinSchema.Table table, String alias) {
        return switch (random.nextInt(8)) {
            case 0 -> alias + ".v = " + random.nextInt(VALUES);
            case 7 -> keyCondition(table, alias);
            case 1 -> alias + ".v > " + random.nextInt(VALUES);
            case 2 -> alias + ".s IS NOT NULL";
            case 3 -> alias + ".id = " + id();
            case 4 -> alias + ".id < " + id();
            case 5 -> (table.isRoot() ? alias + ".v" : alias + ".up") + " IS NULL";
            default -> alias + "." + any(table.columns().subList(0, 2)) + " = " + id();
        };
    }

    /// The whole key of the parent, and of the row's own some.
    private String keyCondition(TwinSchema.Table table, String alias) {
        StringBuilder condition = new StringBuilder();
        if (!table.isRoot()) {
            String up = "" + id();
            condition.append("%s.up = %s AND ".formatted(alias, up));
            if (table.tagged()) {
                condition.append("%s.uptag = %s AND ".formatted(alias, TwinSchema.Table.tag(up)));
            }
        }
        if (table.tagged()) {
            condition.append("%s.tag = 'x%d' AND ".formatted(alias, random.nextInt(2)));
        }
        return condition.append(alias + ".id > " + id()).toString();
    }

    private String alias() {
        return "x" + aliases++;
    }

    /// A query whose rows are all different, in a fixed order.
    Twin query() {
        aliases = 0;
        TwinSchema.Table table = any(schema.tables());
        String alias = alias();
        Twin items = items(table, alias, 0);
        String where = random.nextBoolean() ? "" : " WHERE " + condition(table, alias);
        String rest =
                " FROM %s %s%s ORDER BY %s.id%s%s"
                        .formatted(
                                table.name(),
                                alias,
                                where,
                                alias,
                                random.nextInt(4) == 0 ? " DESC" : "",
                                random.nextInt(4) == 0 ? " LIMIT 3" : "");
        return new Twin("SELECT " + items.nested + rest, "SELECT " + items.plain + rest);
    }

    private Twin items(TwinSchema.Table table, String alias, int depth) {
        List<String> nested = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        for (String column : table.columns()) {
            if (nested.isEmpty() || random.nextInt(4) > 0) {
                nested.add(alias + "." + column);
                plain.add(alias + "." + column);
            }
        }
        if (nested.size() == 1) {
            nested.add(alias + ".s AS again");
            plain.add(alias + ".s AS again");
        }
        int count =
                depth >= DEPTH_MAX ? 0 : random.nextInt(depth == 0 ? 3 : 2) + (depth == 0 ? 1 : 0);
        for (int i = 0; i < count; i++) {
            Twin inner = column(table, alias, depth);
            String name = " AS n" + i;
            nested.add(inner.nested + name);
            plain.add(inner.plain + name);
        }
        return new Twin(String.join(", ", nested), String.join(", ", plain));
    }

    /// A nested column below a row of `table`.
    private Twin column(TwinSchema.Table table, String alias, int depth) {
        List<TwinSchema.Table> children = schema.children(table);
        boolean down = !children.isEmpty() && random.nextInt(6) > 0;
        TwinSchema.Table inner = down ? any(children) : any(schema.tables());
        String below = alias();
        String correlation =
                down ? inner.below(below, alias) : otherCorrelation(table, alias, inner, below);
        if (random.nextInt(3) == 0) {
            correlation += " AND " + condition(inner, below);
        }
        if (random.nextInt(6) == 0) {
            String summary = summary(inner, below, correlation);
            return new Twin("(" + summary + ")", aggregated(summary));
        }
        Twin items = items(inner, below, depth + 1);
        String rest =
                " FROM %s %s WHERE %s ORDER BY %s%s.id%s"
                        .formatted(
                                inner.name(),
                                below,
                                correlation,
                                random.nextInt(6) == 0 ? below + ".v, " : "",
                                below,
                                random.nextInt(8) == 0 ? " LIMIT 2" : "");
        return new Twin(
                "(SELECT " + items.nested + rest + ")", aggregated("SELECT " + items.plain + rest));
    }

    private String summary(TwinSchema.Table table, String alias, String where) {
        String from = " FROM %s %s WHERE %s".formatted(table.name(), alias, where);
        return switch (random.nextInt(3)) {
            case 0 -> "SELECT count(*) AS c, max(%s.v) AS m%s".formatted(alias, from);
            case 1 -> "SELECT %s.v, count(*) AS c%s GROUP BY 1 ORDER BY 1".formatted(alias, from);
            default ->
                    "SELECT DISTINCT %s.v, %s.s IS NULL AS n%s ORDER BY 1, 2"
                            .formatted(alias, alias, from);
        };
    }

    private String otherCorrelation(
            TwinSchema.Table outer, String alias, TwinSchema.Table inner, String below) {
        if (inner.equals(outer.parent())) {
            return outer.below(alias, below);
        }
        return switch (filled == MANY ? 0 : random.nextInt(3)) {
            case 0 -> "%s.id = %s.id".formatted(below, alias);
            case 1 -> "%s.v = %s.v".formatted(below, alias);
            default -> "%s.id > %s.id + 8".formatted(below, alias);
        };
    }

    private static String aggregated(String query) {
        return "coalesce((SELECT json_agg(y) FROM (" + query + ") y), '[]')";
    }

    /// A flat join along the tree.
    String join() {
        TwinSchema.Table table = any(schema.tables());
        String first = alias();
        StringBuilder from = new StringBuilder(table.name() + " " + first);
        List<String> columns = new ArrayList<>(List.of(first + ".id", first + ".v"));
        TwinSchema.Table last = table;
        String lastAlias = first;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<TwinSchema.Table> children = schema.children(last);
            TwinSchema.Table parent = last.parent();
            boolean up = parent != null && (children.isEmpty() || random.nextBoolean());
            TwinSchema.Table next =
                    up && parent != null
                            ? parent
                            : any(children.isEmpty() ? schema.tables() : children);
            String alias = alias();
            String condition =
                    up
                            ? last.below(lastAlias, alias)
                            : last.equals(next.parent())
                                    ? next.below(alias, lastAlias)
                                    : "%s.id = %s.id".formatted(alias, lastAlias);
            if (random.nextInt(3) == 0) {
                condition += " AND " + condition(next, alias);
            }
            from.append(
                            any(
                                    List.of(
                                            " JOIN ",
                                            " JOIN ",
                                            " LEFT JOIN ",
                                            " RIGHT JOIN ",
                                            " FULL JOIN ")))
                    .append(next.name() + " " + alias + " ON " + condition);
            columns.add(alias + ".id");
            columns.add(alias + ".s");
            last = next;
            lastAlias = alias;
        }
        String where = random.nextBoolean() ? "" : " WHERE " + condition(table, first);
        String list = String.join(", ", columns);
        return random.nextInt(3) == 0
                ? "SELECT %s, count(*), sum(%s) FROM %s%s GROUP BY 1 ORDER BY 1"
                        .formatted(columns.getFirst(), columns.get(2), from, where)
                : "SELECT %s FROM %s%s ORDER BY %s".formatted(list, from, where, list);
    }
}
