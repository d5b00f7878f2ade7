package org.cladedb.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A tree of tables `t0` to `tn`, each with the columns `id`, `up` (its parent's id; not in the
/// root), `v` and `s`.
record TwinSchema(List<Table> tables) {
    private static final List<String> ACTIONS =
            List.of("", "", "CASCADE", "SET NULL", "RESTRICT", "SET DEFAULT");

    /// @param number its place in the list; parents come before their children
    /// @param actions of the foreign key
    /// @param index of another column, or empty
    record Table(int number, @Nullable Table parent, String actions, String index) {
        String name() {
            return "t" + number;
        }

        boolean isRoot() {
            return parent == null;
        }

        String foreignKey(String grouping, String newActions) {
            return "CONSTRAINT %s_up_fkey %s FOREIGN KEY (up) REFERENCES t%d%s"
                    .formatted(name(), grouping, parent == null ? 0 : parent.number, newActions);
        }

        List<String> columns() {
            return isRoot() ? List.of("id", "v", "s") : List.of("id", "up", "v", "s");
        }
    }

    static TwinSchema random(Random random) {
        List<Table> tables = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Table parent = i == 0 ? null : tables.get(Math.max(0, i - 1 - random.nextInt(2)));
            tables.add(new Table(i, parent, i == 0 ? "" : actions(random), index(i, random)));
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
                            ? "CREATE TABLE t0 (id int PRIMARY KEY, v int, s text)"
                            : "CREATE TABLE %s (id int PRIMARY KEY, up int DEFAULT 3, v int, s text, %s)"
                                    .formatted(
                                            table.name(),
                                            table.foreignKey(grouping, table.actions())));
            if (!table.index().isEmpty()) {
                statements.add(table.index());
            }
        }
        return statements;
    }
}
