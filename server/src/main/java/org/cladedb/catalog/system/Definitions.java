package org.cladedb.catalog.system;

import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.sql.words.SqlText;
import org.cladedb.stored.Layout;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Prints constraints and indexes as SQL, as `pg_get_constraintdef` and `pg_get_indexdef` do.
final class Definitions {
    private Definitions() {}

    static String quoted(String name) {
        return SqlText.identifier(name);
    }

    /// The definition of the constraint with this OID, null when there is none.
    static @Nullable String constraint(
            CatalogSnapshot catalog, SystemNames names, int oid, boolean pretty) {
        for (Table table : optional(catalog.tableOfConstraint(oid))) {
            for (Constraints.KeyConstraint key : table.constraints().keys()) {
                if (key.oid() == oid) {
                    return key(table, key);
                }
            }
            for (Constraints.CheckConstraint check : table.constraints().checks()) {
                if (check.oid() == oid) {
                    Layout layout = pretty ? Layout.PRETTY : Layout.PLAIN;
                    String condition =
                            new StoredDisplay(catalog, names)
                                    .expression(check.expression(), table, layout);
                    return "CHECK ("
                            + condition
                            + ")"
                            + (check.noInherit() ? " NO INHERIT" : "")
                            + validity(check.enforced(), check.validated());
                }
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                if (key.oid() == oid) {
                    return foreignKey(catalog, names, table, key);
                }
            }
            for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
                if (notNull.oid() == oid) {
                    return "NOT NULL "
                            + quoted(table.column(notNull.column()).name())
                            + (notNull.noInherit() ? " NO INHERIT" : "")
                            + validity(true, notNull.validated());
                }
            }
        }
        return null;
    }

    private static List<Table> optional(@Nullable Table table) {
        return table == null ? List.of() : List.of(table);
    }

    private static String key(Table table, Constraints.KeyConstraint key) {
        for (Index index : table.indexes()) {
            if (index.oid() == key.indexOid()) {
                String columns =
                        columns(
                                table,
                                index.columns().stream().map(Index.IndexColumn::slot).toList());
                String included =
                        index.included().isEmpty()
                                ? ""
                                : " INCLUDE (" + columns(table, index.included()) + ")";
                return (key.primary() ? "PRIMARY KEY (" : "UNIQUE (") + columns + ")" + included;
            }
        }
        return "";
    }

    private static String columns(Table table, List<Integer> slots) {
        return slots.stream()
                .map(slot -> quoted(table.column(slot).name()))
                .collect(Collectors.joining(", "));
    }

    private static String foreignKey(
            CatalogSnapshot catalog, SystemNames names, Table table, ForeignKey key) {
        Table referenced = catalog.table(key.referencedTableOid());
        if (referenced == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(key.grouping() ? "GROUPING " : "");
        text.append("FOREIGN KEY (")
                .append(columns(table, key.columns()))
                .append(") REFERENCES ")
                .append(names.name(TypeKind.REGCLASS, referenced.oid()))
                .append('(')
                .append(columns(referenced, key.referencedColumns()))
                .append(')');
        append(text, " ON UPDATE ", key.onUpdate());
        append(text, " ON DELETE ", key.onDelete());
        if (key.deferrable()) {
            text.append(" DEFERRABLE");
        }
        if (key.initiallyDeferred()) {
            text.append(" INITIALLY DEFERRED");
        }
        return text + validity(key.enforced(), key.validated());
    }

    private static String validity(boolean enforced, boolean validated) {
        return !enforced ? " NOT ENFORCED" : validated ? "" : " NOT VALID";
    }

    private static void append(StringBuilder text, String prefix, ForeignKey.Action action) {
        if (action != ForeignKey.Action.NO_ACTION) {
            text.append(prefix).append(action.name().replace('_', ' '));
        }
    }

    /// The definition of an index, or of one of its columns (from 1), empty when it has no such
    /// one; null when there is no such index.
    ///
    /// @param names how to call the table; null for its full name
    static @Nullable String index(
            CatalogSnapshot catalog, @Nullable SystemNames names, int oid, int column) {
        Table table = catalog.tableOfIndex(oid);
        if (table == null) {
            return null;
        }
        for (Index index : table.indexes()) {
            if (index.oid() == oid) {
                if (column != 0) {
                    return indexColumn(table, index, column);
                }
                String tableName =
                        names == null
                                ? quoted(table.schema()) + "." + quoted(table.name())
                                : names.name(TypeKind.REGCLASS, table.oid());
                return index(table, tableName, index);
            }
        }
        return null;
    }

    private static String indexColumn(Table table, Index index, int column) {
        if (column < 1 || column > index.columns().size() + index.included().size()) {
            return "";
        }
        int slot =
                column <= index.columns().size()
                        ? index.columns().get(column - 1).slot()
                        : index.included().get(column - 1 - index.columns().size());
        return quoted(table.column(slot).name());
    }

    private static String index(Table table, String tableName, Index index) {
        String columns =
                index.columns().stream()
                        .map(column -> ordered(table, index, column))
                        .collect(Collectors.joining(", "));
        String included =
                index.included().isEmpty()
                        ? ""
                        : " INCLUDE (" + columns(table, index.included()) + ")";
        return "CREATE "
                + (index.unique() ? "UNIQUE " : "")
                + "INDEX "
                + quoted(index.name())
                + " ON "
                + tableName
                + " USING "
                + index.storage().method()
                + " ("
                + columns
                + ")"
                + included
                + options(index.storage().options());
    }

    private static String options(List<String> options) {
        if (options.isEmpty()) {
            return "";
        }
        return options.stream()
                .map(option -> {
                    int equals = option.indexOf('=');
                    String value = option.substring(equals + 1);
                    boolean isWord = SqlText.identifier(value).equals(value);
                    return SqlText.identifier(option.substring(0, equals))
                            + "="
                            + (isWord ? value : SqlText.literal(value));
                })
                .collect(Collectors.joining(", ", " WITH (", ")"));
    }

    private static String ordered(Table table, Index index, Index.IndexColumn column) {
        String text = quoted(table.column(column.slot()).name());
        if (column.collation() != null) {
            text += " COLLATE " + quoted(column.collation());
        }
        int operatorClass = column.operatorClass();
        SqlType type = table.column(column.slot()).type();
        if (operatorClass != 0
                && operatorClass != OperatorFacts.defaultClass(type, Oids.method(index))) {
            text += " " + OperatorFacts.className(operatorClass);
        }
        if (column.descending()) {
            text += " DESC";
        }
        if (column.nullsFirst() != column.descending()) {
            text += column.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
        }
        return text;
    }
}
