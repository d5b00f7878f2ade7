package org.cladedb.catalog.system;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.stored.StoredReferences;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// What views and generated columns use, and the types of columns, in `information_schema`.
final class InformationViews {
    private InformationViews() {}

    /// The user's table or view of that OID; null when it is something else.
    private static @Nullable Relation used(Snapshot snapshot, int oid) {
        Table table = snapshot.catalog().table(oid);
        return table != null ? table : snapshot.catalog().view(oid);
    }

    private static Rows row(Snapshot snapshot, Rows rows, Relation table) {
        return rows.row()
                .set("table_catalog", snapshot.session().databaseName())
                .set("table_schema", table.schema())
                .set("table_name", table.name());
    }

    private static void view(Snapshot snapshot, Rows rows, View view) {
        rows.set("view_catalog", snapshot.session().databaseName())
                .set("view_schema", view.schema())
                .set("view_name", view.name());
    }

    static void tables(Snapshot snapshot, Rows rows) {
        for (View view : snapshot.views()) {
            Set<Relation> tables = new LinkedHashSet<>();
            for (ObjectReference reference : view.references()) {
                Relation table = used(snapshot, reference.oid());
                if (table != null && tables.add(table)) {
                    row(snapshot, rows, table);
                    view(snapshot, rows, view);
                }
            }
        }
    }

    static void columns(Snapshot snapshot, Rows rows) {
        for (View view : snapshot.views()) {
            for (ObjectReference reference : view.references()) {
                Relation table = used(snapshot, reference.oid());
                if (table != null && reference.column() > 0) {
                    row(snapshot, rows, table)
                            .set("column_name", table.columns().get(reference.column() - 1).name());
                    view(snapshot, rows, view);
                }
            }
        }
    }

    /// Which columns a generated column is made from.
    static void generated(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Column column : table.columns()) {
                String stored = column.defaultExpression();
                if (stored == null || column.generation() != Column.Generation.STORED) {
                    continue;
                }
                for (ObjectReference reference :
                        StoredReferences.of(SqlParser.parseExpression(stored), table.oid())) {
                    if (reference.oid() == table.oid() && reference.column() > 0) {
                        row(snapshot, rows, table)
                                .set("column_name", table.column(reference.column()).name())
                                .set("dependent_column", column.name());
                    }
                }
            }
        }
    }

    static void types(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            for (Column column : relation.columns()) {
                if (!column.dropped()) {
                    row(snapshot, rows, relation)
                            .set("column_name", column.name())
                            .set("udt_catalog", snapshot.session().databaseName())
                            .set("udt_schema", "pg_catalog")
                            .set("udt_name", InformationTables.udtName(column.type()));
                }
            }
        }
    }

    /// The descriptors of types that a user may see: those of columns, routines and parameters.
    static void descriptors(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            for (Column column : relation.columns()) {
                if (!column.dropped()) {
                    descriptor(snapshot, rows, relation.schema(), relation.name())
                            .set("object_type", "TABLE")
                            .set("dtd_identifier", Integer.toString(column.number()));
                }
            }
        }
        InformationRoutines.descriptors(snapshot, rows);
    }

    static Rows descriptor(Snapshot snapshot, Rows rows, String schema, String name) {
        return rows.row()
                .set("object_catalog", snapshot.session().databaseName())
                .set("object_schema", schema)
                .set("object_name", name);
    }

    /// What the arrays among the columns hold.
    static void elements(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            if (relation instanceof SystemTable) {
                continue;
            }
            for (Column column : relation.columns()) {
                if (!column.dropped() && column.type() instanceof SqlType.Array array) {
                    String number = Integer.toString(column.number());
                    SqlType element = array.element();
                    descriptor(snapshot, rows, relation.schema(), relation.name())
                            .set("object_type", "TABLE")
                            .set("collection_type_identifier", number)
                            .set("data_type", InformationTables.typeName(element.withoutModifier()))
                            .set("udt_catalog", snapshot.session().databaseName())
                            .set("udt_schema", "pg_catalog")
                            .set("udt_name", InformationTables.udtName(element))
                            .set("dtd_identifier", "a" + number);
                }
            }
        }
    }
}
