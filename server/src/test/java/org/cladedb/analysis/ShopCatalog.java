package org.cladedb.analysis;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableStorage;
import org.cladedb.catalog.View;
import org.cladedb.functions.BuiltinFunctions;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;

/// A small catalog to analyse against: the shop of customers, orders and items, and one table with
/// all that INSERT has rules for. [#SCHEMA] is the same for PostgreSQL.
final class ShopCatalog {
    static final String SCHEMA =
            """
            CREATE TABLE customer (id int PRIMARY KEY, name varchar(30) NOT NULL);
            CREATE TABLE cust_order (id int PRIMARY KEY, customer_id int, ordernum varchar(30)
                NOT NULL, placed timestamp);
            CREATE TABLE item (id int PRIMARY KEY, order_id int NOT NULL, price numeric(10,2),
                quantity int);
            CREATE TABLE thing (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                code text DEFAULT 'none' UNIQUE, size int DEFAULT 1 CONSTRAINT thing_size_check
                CHECK (size > 0), tags text[], doubled int GENERATED ALWAYS AS (size * 2) STORED,
                doc json);
            CREATE VIEW big_order (id, who) AS SELECT o.id, c.name FROM cust_order o
                JOIN customer c ON c.id = o.customer_id;
            """;

    static final FunctionRegistry FUNCTIONS = BuiltinFunctions.create();
    static final CatalogSnapshot CATALOG = build();

    private static final ObjectNames NAMES =
            new ObjectNames() {
                @Override
                public String name(TypeKind kind, int oid) {
                    return Integer.toUnsignedString(oid);
                }

                @Override
                public int oid(TypeKind kind, String name) {
                    return switch (CATALOG.object("public", name)) {
                        case Table table -> table.oid();
                        case Sequence sequence -> sequence.oid();
                        case null, default -> -1;
                    };
                }
            };

    private ShopCatalog() {}

    static AnalysisContext context(SqlType... parameterTypes) {
        return new AnalysisContext(
                CATALOG,
                SystemRelations.NONE,
                List.of("pg_catalog", "public"),
                FUNCTIONS,
                List.of(parameterTypes),
                "clade",
                new TypeContext(
                        TimeZone.UTC,
                        TypeContext.DateStyle.ISO_MDY,
                        TypeContext.IntervalStyle.POSTGRES,
                        true,
                        1,
                        0,
                        NAMES));
    }

    static AnalyzedStatement analyze(String sql, SqlType... parameterTypes) {
        return Analyzer.analyze(
                SqlParser.parse(sql).getFirst().statement(), context(parameterTypes));
    }

    private static CatalogSnapshot build() {
        return CatalogSnapshot.empty().toBuilder()
                .put(customer())
                .put(order())
                .put(item())
                .put(thing())
                .put(
                        new Sequence(
                                20041,
                                "public",
                                "thing_id_seq",
                                SqlType.INTEGER,
                                1,
                                1,
                                1,
                                Integer.MAX_VALUE,
                                1,
                                false,
                                20040,
                                1,
                                true,
                                false))
                .put(
                        new View(
                                20050,
                                "public",
                                "big_order",
                                List.of(
                                        Column.of(1, "id", SqlType.INTEGER),
                                        Column.of(2, "who", varchar(30))),
                                "SELECT r1.c1 AS id, r2.c2 AS name FROM (oid.\"20020\" r1"
                                        + " JOIN oid.\"20010\" r2 ON (r2.c1 = r1.c2))",
                                List.of(),
                                List.of()))
                .build();
    }

    private static SqlType varchar(int length) {
        return new SqlType.Scalar(TypeKind.VARCHAR, length + 4);
    }

    private static Column notNull(int number, String name, SqlType type) {
        return new Column(
                number, name, type, true, null, Column.Generation.NONE, false, null, null);
    }

    private static Table customer() {
        return table(
                20010,
                "customer",
                List.of(notNull(1, "id", SqlType.INTEGER), notNull(2, "name", varchar(30))),
                20010,
                List.of());
    }

    private static Table order() {
        return table(
                20020,
                "cust_order",
                List.of(
                        notNull(1, "id", SqlType.INTEGER),
                        Column.of(2, "customer_id", SqlType.INTEGER),
                        notNull(3, "ordernum", varchar(30)),
                        Column.of(4, "placed", SqlType.TIMESTAMP)),
                20010,
                List.of(grouping(20022, 2, 20010)));
    }

    private static Table item() {
        return table(
                20030,
                "item",
                List.of(
                        notNull(1, "id", SqlType.INTEGER),
                        notNull(2, "order_id", SqlType.INTEGER),
                        Column.of(
                                3,
                                "price",
                                new SqlType.Scalar(TypeKind.NUMERIC, ((10 << 16) | 2) + 4)),
                        Column.of(4, "quantity", SqlType.INTEGER)),
                20010,
                List.of(grouping(20032, 2, 20020)));
    }

    private static ForeignKey grouping(int oid, int column, int parentOid) {
        return new ForeignKey(
                oid,
                "fk" + oid,
                List.of(column),
                parentOid,
                List.of(1),
                ForeignKey.Action.NO_ACTION,
                ForeignKey.Action.NO_ACTION,
                false,
                false,
                true,
                true,
                true);
    }

    private static Table thing() {
        List<Column> columns =
                List.of(
                        new Column(
                                1,
                                "id",
                                SqlType.INTEGER,
                                true,
                                null,
                                Column.Generation.IDENTITY_ALWAYS,
                                false,
                                null,
                                null),
                        new Column(
                                2,
                                "code",
                                SqlType.TEXT,
                                false,
                                "'none'::text",
                                Column.Generation.NONE,
                                false,
                                null,
                                null),
                        new Column(
                                3,
                                "size",
                                SqlType.INTEGER,
                                false,
                                "1",
                                Column.Generation.NONE,
                                false,
                                null,
                                null),
                        Column.of(4, "tags", SqlType.arrayOf(SqlType.TEXT)),
                        new Column(
                                5,
                                "doubled",
                                SqlType.INTEGER,
                                false,
                                "c3 * 2",
                                Column.Generation.STORED,
                                false,
                                null,
                                null),
                        Column.of(6, "doc", SqlType.JSON),
                        new Column(
                                7,
                                "gone",
                                SqlType.INTEGER,
                                false,
                                null,
                                Column.Generation.NONE,
                                true,
                                null,
                                null));
        Index primary = index(20042, "thing_pkey", 1, true);
        Index code = index(20043, "thing_code_key", 2, false);
        Constraints constraints =
                new Constraints(
                        List.of(
                                new Constraints.KeyConstraint(20044, "thing_pkey", true, 20042),
                                new Constraints.KeyConstraint(
                                        20045, "thing_code_key", false, 20043)),
                        List.of(
                                new Constraints.CheckConstraint(
                                        20046, "thing_size_check", "c3 > 0")),
                        List.of());
        return new Table(
                20040,
                "public",
                "thing",
                columns,
                20040,
                1,
                hkey(20040),
                List.of(primary, code),
                constraints,
                TableStorage.DEFAULT);
    }

    private static Table table(
            int oid, String name, List<Column> columns, int group, List<ForeignKey> keys) {
        Index primary = index(oid + 1, name + "_pkey", 1, true);
        Constraints constraints =
                new Constraints(
                        List.of(
                                new Constraints.KeyConstraint(
                                        oid + 5, name + "_pkey", true, oid + 1)),
                        List.of(),
                        keys);
        return new Table(
                oid,
                "public",
                name,
                columns,
                group,
                1,
                hkey(oid),
                List.of(primary),
                constraints,
                TableStorage.DEFAULT);
    }

    private static HKey hkey(int oid) {
        return new HKey(
                List.of(new HKey.Segment(oid, 1, List.of(new HKey.Part(SqlType.INTEGER, 1)))));
    }

    private static Index index(int oid, String name, int slot, boolean primary) {
        return new Index(
                oid,
                name,
                oid,
                List.of(Index.IndexColumn.of(slot)),
                List.of(),
                true,
                primary,
                primary,
                null);
    }
}
