package org.cladedb.catalog.system;

import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.stored.Layout;
import org.jspecify.annotations.Nullable;

/// Constraints in `information_schema`.
final class InformationConstraints {
    private InformationConstraints() {}

    static void tableConstraints(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Constraints.KeyConstraint key : table.constraints().keys()) {
                constraint(
                                snapshot,
                                rows,
                                table,
                                key.name(),
                                key.primary() ? "PRIMARY KEY" : "UNIQUE")
                        .set("nulls_distinct", key.primary() ? null : "YES");
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                constraint(
                                snapshot,
                                rows,
                                table,
                                key.name(),
                                key.grouping() ? "GROUPING FOREIGN KEY" : "FOREIGN KEY")
                        .set("is_deferrable", key.deferrable() ? "YES" : "NO")
                        .set("initially_deferred", key.initiallyDeferred() ? "YES" : "NO")
                        .set("enforced", key.enforced() ? "YES" : "NO");
            }
            for (Constraints.CheckConstraint check : table.constraints().checks()) {
                constraint(snapshot, rows, table, check.name(), "CHECK")
                        .set("enforced", check.enforced() ? "YES" : "NO");
            }
            for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
                constraint(snapshot, rows, table, notNull.name(), "CHECK");
            }
        }
    }

    private static Rows constraint(
            Snapshot snapshot, Rows rows, Table table, String name, String type) {
        String database = snapshot.session().databaseName();
        return rows.row()
                .set("constraint_catalog", database)
                .set("constraint_schema", table.schema())
                .set("constraint_name", name)
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("constraint_type", type)
                .set("is_deferrable", "NO")
                .set("initially_deferred", "NO")
                .set("enforced", "YES");
    }

    static void keyColumns(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Constraints.KeyConstraint key : table.constraints().keys()) {
                int position = 1;
                for (Index.IndexColumn column : index(table, key.indexOid()).columns()) {
                    keyColumn(snapshot, rows, table, key.name(), column.slot(), position++);
                }
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                int position = 1;
                for (int slot : key.columns()) {
                    keyColumn(snapshot, rows, table, key.name(), slot, position);
                    rows.set("position_in_unique_constraint", position++);
                }
            }
        }
    }

    private static Index index(Table table, int oid) {
        return table.indexes().stream()
                .filter(index -> index.oid() == oid)
                .findFirst()
                .orElseThrow();
    }

    private static void keyColumn(
            Snapshot snapshot, Rows rows, Table table, String name, int slot, int position) {
        String database = snapshot.session().databaseName();
        rows.row()
                .set("constraint_catalog", database)
                .set("constraint_schema", table.schema())
                .set("constraint_name", name)
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("column_name", table.column(slot).name())
                .set("ordinal_position", position);
    }

    static void referentialConstraints(Snapshot snapshot, Rows rows) {
        String database = snapshot.session().databaseName();
        for (Table table : snapshot.tables()) {
            for (ForeignKey key : table.constraints().foreignKeys()) {
                Table target = snapshot.catalog().table(key.referencedTableOid());
                rows.row()
                        .set("constraint_catalog", database)
                        .set("constraint_schema", table.schema())
                        .set("constraint_name", key.name())
                        .set("unique_constraint_catalog", database)
                        .set("unique_constraint_schema", target == null ? null : target.schema())
                        .set("unique_constraint_name", uniqueName(target, key))
                        .set("match_option", "NONE")
                        .set("update_rule", key.onUpdate().name().replace('_', ' '))
                        .set("delete_rule", key.onDelete().name().replace('_', ' '));
            }
        }
    }

    private static @Nullable String uniqueName(@Nullable Table target, ForeignKey key) {
        if (target == null) {
            return null;
        }
        for (Constraints.KeyConstraint candidate : target.constraints().keys()) {
            Index index = index(target, candidate.indexOid());
            if (index.columns().size() == key.referencedColumns().size()
                    && index.columns().stream()
                            .allMatch(column -> key.referencedColumns().contains(column.slot()))) {
                return candidate.name();
            }
        }
        return null;
    }

    static void constraintColumns(Snapshot snapshot, Rows rows) {
        String database = snapshot.session().databaseName();
        for (Table table : snapshot.tables()) {
            for (Constraints.KeyConstraint key : table.constraints().keys()) {
                for (Index.IndexColumn column : index(table, key.indexOid()).columns()) {
                    used(rows, database, table, table, key.name(), column.slot());
                }
            }
            for (Constraints.CheckConstraint check : table.constraints().checks()) {
                for (int slot : snapshot.session().checkedColumns(table, check)) {
                    used(rows, database, table, table, check.name(), slot);
                }
            }
            for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
                used(rows, database, table, table, notNull.name(), notNull.column());
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                Table target = snapshot.catalog().table(key.referencedTableOid());
                if (target != null) {
                    for (int slot : key.referencedColumns()) {
                        used(rows, database, target, table, key.name(), slot);
                    }
                }
            }
        }
    }

    /// Keys by their own table, foreign keys by the one they refer to.
    static void constraintTables(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Constraints.KeyConstraint key : table.constraints().keys()) {
                usedTable(snapshot, rows, table, table, key.name());
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                Table target = snapshot.catalog().table(key.referencedTableOid());
                if (target != null) {
                    usedTable(snapshot, rows, target, table, key.name());
                }
            }
        }
    }

    private static void usedTable(
            Snapshot snapshot, Rows rows, Table table, Table owner, String constraint) {
        String database = snapshot.session().databaseName();
        rows.row()
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("constraint_catalog", database)
                .set("constraint_schema", owner.schema())
                .set("constraint_name", constraint);
    }

    private static void used(
            Rows rows, String database, Table table, Table owner, String constraint, int slot) {
        rows.row()
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("column_name", table.column(slot).name())
                .set("constraint_catalog", database)
                .set("constraint_schema", owner.schema())
                .set("constraint_name", constraint);
    }

    static void checks(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Constraints.CheckConstraint check : table.constraints().checks()) {
                String condition =
                        StoredDisplay.of(snapshot)
                                .expression(check.expression(), table, Layout.PLAIN);
                check(snapshot, rows, table, check.name(), condition);
            }
            for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
                String column = Definitions.quoted(table.column(notNull.column()).name());
                check(snapshot, rows, table, notNull.name(), column + " IS NOT NULL");
            }
        }
    }

    private static void check(
            Snapshot snapshot, Rows rows, Table table, String name, String condition) {
        rows.row()
                .set("constraint_catalog", snapshot.session().databaseName())
                .set("constraint_schema", table.schema())
                .set("constraint_name", name)
                .set("check_clause", condition);
    }
}
