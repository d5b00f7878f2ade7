package org.cladedb.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A tree of tables `t0` to `tn`, each with the columns `id`, `up` (its parent's id; not in the
/// root), `v` and `s`. In some schemas keys have two columns: `tag`, which follows from `id`, comes
/// first, and `uptag` with `up`.
record TwinSchema(List<Table> tables) {
    private static final List<String> ACTIONS =
            List.of("", "", "CASCADE", "SET NULL", "RESTRICT", "SET DEFAULT");

    /// @param number its place in the list; parents come before their children
    /// @param actions of the foreign key
    /// @param index of another column, or empty
    /// @param tagged whether its key has two columns
    record Table(int number, @Nullable Table parent, String actions, String index, boolean tagged) {
        String name() {
            return "t" + number;
        }

        boolean isRoot() {
            return parent == null;
        }

        String foreignKey(String grouping, String newActions) {
            return "CONSTRAINT %s_up_fkey %s FOREIGN KEY (%s) REFERENCES t%d%s"
                    .formatted(
                            name(),
                            grouping,
                            tagged ? "uptag, up" : "up",
                            parent == null ? 0 : parent.number,
                            newActions);
        }

        String primaryKey() {
            return tagged ? "PRIMARY KEY (tag, id)" : "PRIMARY KEY (id)";
        }

        List<String> columns() {
            if (tagged) {
                return isRoot()
                        ? List.of("id", "v", "s", "tag")
                        : List.of("id", "up", "v", "s", "tag", "uptag");
            }
            return isRoot() ? List.of("id", "v", "s") : List.of("id", "up", "v", "s");
        }

        /// The values of the last columns, after others, in a row of this id and parent.
        String tags(int id, String up) {
            if (!tagged) {
                return "";
            }
            return ", " + tag("" + id) + (isRoot() ? "" : ", " + tag(up));
        }

        /// Sets `id` or `up`.
        String assignment(String column, String value) {
            String tagColumn = column.equals("id") ? "tag" : "uptag";
            return column + " = " + value + (tagged ? ", " + tagColumn + " = " + tag(value) : "");
        }

        /// The condition that a row of this table is below one of its parent.
        String below(String alias, String parentAlias) {
            String ids = "%s.up = %s.id".formatted(alias, parentAlias);
            return tagged ? ids + " AND %s.tag = %s.uptag".formatted(parentAlias, alias) : ids;
        }

        static String tag(String id) {
            return id.equals("NULL") ? "NULL" : "'x" + Integer.parseInt(id) % 2 + "'";
        }
    }

    static TwinSchema random(Random random) {
        List<Table> tables = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        boolean tagged = random.nextInt(3) == 0;
        for (int i = 0; i < count; i++) {
            Table parent = i == 0 ? null : tables.get(Math.max(0, i - 1 - random.nextInt(2)));
            tables.add(
                    new Table(i, parent, i == 0 ? "" : actions(random), index(i, random), tagged));
        }
        return new TwinSchema(List.copyOf(tables));
    }

    static String actions(Random random) {
        String onDelete = ACTIONS.get(random.nextInt(ACTIONS.size()));
        String onUpdate = ACTIONS.get(random.nextInt(ACTIONS.size()));
        return (onDelete.isEmpty() ? "" : " ON DELETE " + onDelete)
                + (onUpdate.isEmpty() ? "" : " ON UPDATE " + onUpdate);
    }

    private static String index(int table, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "CREATE INDEX ON t" + table + " (v)";
            case 1 -> "CREATE INDEX ON t" + table + " (s DESC, v)";
            default -> "";
        };
    }

    List<Table> children(Table parent) {
        return tables.stream().filter(table -> parent.equals(table.parent())).toList();
    }

    /// What makes the tables; `grouping` is the keyword before FOREIGN KEY, or empty.
    List<String> definitions(String grouping) {
        List<String> statements = new ArrayList<>();
        for (Table table : tables) {
            Table parent = table.parent();
            statements.add(
                    parent == null
                            ? "CREATE TABLE t0 (id int, v int, s text%s, %s)"
                                    .formatted(
                                            table.tagged() ? ", tag text" : "", table.primaryKey())
                            : "CREATE TABLE %s (id int, up int DEFAULT 3, v int, s text%s, %s, %s)"
                                    .formatted(
                                            table.name(),
                                            table.tagged()
                                                    ? ", tag text, uptag text DEFAULT 'x1'"
                                                    : "",
                                            table.primaryKey(),
                                            table.foreignKey(grouping, table.actions())));
            if (!table.index().isEmpty()) {
                statements.add(table.index());
            }
        }
        return statements;
    }
}
