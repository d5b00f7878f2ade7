package org.cladedb.catalog.system;

import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.stored.Layout;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Schemas, tables, columns, views and sequences in `information_schema`.
final class InformationTables {
    private static final int HEADER = 4;

    private InformationTables() {}

    static void tables(Snapshot snapshot, Rows rows) {
        String database = snapshot.session().databaseName();
        for (Relation relation : snapshot.relations()) {
            boolean isView =
                    relation instanceof View
                            || (relation instanceof SystemTable
                                    && snapshot.system().kind(relation.oid()) == 'v');
            rows.row()
                    .set("table_catalog", database)
                    .set("table_schema", relation.schema())
                    .set("table_name", relation.name())
                    .set("table_type", isView ? "VIEW" : "BASE TABLE")
                    .set("is_insertable_into", relation instanceof Table ? "YES" : "NO")
                    .set("is_typed", "NO");
        }
    }

    static void columns(Snapshot snapshot, Rows rows) {
        for (Relation relation : snapshot.relations()) {
            int position = 0;
            for (Column column : relation.columns()) {
                position++;
                if (!column.dropped()) {
                    column(rows.row(), snapshot, relation, column, position);
                }
            }
        }
    }

    private static void column(
            Rows rows, Snapshot snapshot, Relation relation, Column column, int position) {
        String database = snapshot.session().databaseName();
        SqlType type = column.type();
        boolean generated = column.generation() == Column.Generation.STORED;
        rows.set("table_catalog", database)
                .set("table_schema", relation.schema())
                .set("table_name", relation.name())
                .set("column_name", column.name())
                .set("ordinal_position", position)
                .set("column_default", generated ? null : defaultOf(relation, column, snapshot))
                .set("is_nullable", column.notNull() ? "NO" : "YES")
                .set("data_type", type.isArray() ? "ARRAY" : typeName(type))
                .set("udt_catalog", database)
                .set("udt_schema", "pg_catalog")
                .set("udt_name", udtName(type))
                .set("dtd_identifier", Integer.toString(position))
                .set("is_self_referencing", "NO")
                .set("is_identity", column.isIdentity() ? "YES" : "NO")
                .set(
                        "identity_generation",
                        switch (column.generation()) {
                            case IDENTITY_ALWAYS -> "ALWAYS";
                            case IDENTITY_BY_DEFAULT -> "BY DEFAULT";
                            case NONE, STORED -> null;
                        })
                .set("identity_cycle", "NO")
                .set("is_generated", generated ? "ALWAYS" : "NEVER")
                .set(
                        "generation_expression",
                        generated ? defaultOf(relation, column, snapshot) : null)
                .set("is_updatable", relation instanceof Table ? "YES" : "NO");
        collation(rows, database, column);
        sizes(rows, type);
    }

    /// As `format_type` without a modifier.
    static String typeName(SqlType type) {
        return type.kind() == TypeKind.BPCHAR
                ? "character"
                : TypeNames.format(type.withoutModifier());
    }

    /// The default collation is not named, another one is.
    private static void collation(Rows rows, String database, Column column) {
        int collation = TableRows.collation(column);
        if (collation != 0 && collation != Oids.DEFAULT_COLLATION) {
            rows.set("collation_catalog", database)
                    .set("collation_schema", "pg_catalog")
                    .set(
                            "collation_name",
                            FixedDescriptions.fact("pg_collation", "collname", collation));
        }
    }

    /// As `pg_get_expr` shows it under the search path that sessions begin with.
    private static @Nullable String defaultOf(Relation relation, Column column, Snapshot snapshot) {
        Table table = relation instanceof Table base ? base : null;
        String stored = column.defaultExpression();
        return stored == null
                ? null
                : StoredDisplay.of(snapshot).expression(stored, table, Layout.PLAIN);
    }

    private static void sizes(Rows rows, SqlType type) {
        int modifier = type.modifier();
        switch (type.kind()) {
            case VARCHAR, BPCHAR -> {
                if (modifier >= HEADER) {
                    rows.set("character_maximum_length", modifier - HEADER)
                            .set("character_octet_length", (modifier - HEADER) * 4);
                } else {
                    rows.set("character_octet_length", 1 << 30);
                }
            }
            case TEXT -> rows.set("character_octet_length", 1 << 30);
            case SMALLINT -> number(rows, 16, 2, 0);
            case INTEGER -> number(rows, 32, 2, 0);
            case BIGINT -> number(rows, 64, 2, 0);
            case REAL -> number(rows, 24, 2, null);
            case DOUBLE -> number(rows, 53, 2, null);
            case NUMERIC -> {
                rows.set("numeric_precision_radix", 10);
                if (modifier >= HEADER) {
                    rows.set("numeric_precision", (modifier - HEADER) >>> 16 & 0xFFFF)
                            .set("numeric_scale", modifier - HEADER & 0x7FF);
                }
            }
            case DATE -> rows.set("datetime_precision", 0);
            case TIME, TIMESTAMP, TIMESTAMPTZ ->
                    rows.set("datetime_precision", modifier < 0 ? 6 : modifier);
            case INTERVAL -> {
                int precision = modifier & 0xFFFF;
                boolean isFull = modifier < 0 || precision == 0xFFFF;
                rows.set("datetime_precision", isFull ? 6 : precision);
            }
            default -> {}
        }
    }

    private static void number(Rows rows, int precision, int radix, @Nullable Integer scale) {
        rows.set("numeric_precision", precision)
                .set("numeric_precision_radix", radix)
                .set("numeric_scale", scale);
    }

    static String udtName(SqlType type) {
        return type instanceof SqlType.Array array
                ? "_" + array.element().kind().typeName()
                : type.kind().typeName();
    }

    static void schemata(Snapshot snapshot, Rows rows) {
        schema(snapshot, rows, "pg_catalog");
        schema(snapshot, rows, "information_schema");
        for (Schema schema : snapshot.catalog().schemas()) {
            schema(snapshot, rows, schema.name());
        }
    }

    private static void schema(Snapshot snapshot, Rows rows, String name) {
        rows.row()
                .set("catalog_name", snapshot.session().databaseName())
                .set("schema_name", name)
                .set("schema_owner", "postgres");
    }

    static void views(Snapshot snapshot, Rows rows) {
        StoredDisplay display = StoredDisplay.of(snapshot);
        for (View view : snapshot.views()) {
            rows.row()
                    .set("table_catalog", snapshot.session().databaseName())
                    .set("table_schema", view.schema())
                    .set("table_name", view.name())
                    .set("view_definition", display.view(view, Layout.PLAIN))
                    .set("check_option", "NONE")
                    .set("is_updatable", "NO")
                    .set("is_insertable_into", "NO")
                    .set("is_trigger_updatable", "NO")
                    .set("is_trigger_deletable", "NO")
                    .set("is_trigger_insertable_into", "NO");
        }
    }

    static void sequences(Snapshot snapshot, Rows rows) {
        for (Sequence sequence : snapshot.sequences()) {
            if (sequence.identity()) {
                continue;
            }
            rows.row()
                    .set("sequence_catalog", snapshot.session().databaseName())
                    .set("sequence_schema", sequence.schema())
                    .set("sequence_name", sequence.name())
                    .set("data_type", sequence.type().kind().sqlName())
                    .set("numeric_precision", sequence.type().kind().length() * 8)
                    .set("numeric_precision_radix", 2)
                    .set("numeric_scale", 0)
                    .set("start_value", Long.toString(sequence.start()))
                    .set("minimum_value", Long.toString(sequence.minimum()))
                    .set("maximum_value", Long.toString(sequence.maximum()))
                    .set("increment", Long.toString(sequence.increment()))
                    .set("cycle_option", sequence.cycle() ? "YES" : "NO");
        }
    }

    static void catalogName(Snapshot snapshot, Rows rows) {
        rows.row().set("catalog_name", snapshot.session().databaseName());
    }
}
