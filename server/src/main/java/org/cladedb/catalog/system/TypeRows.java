package org.cladedb.catalog.system;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Relation;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// pg_type.
final class TypeRows {
    private static final Map<Integer, String[]> BY_OID =
            FixedRows.of("pg_type").lines().stream()
                    .collect(Collectors.toMap(line -> number(line[0]), line -> line));
    private static final int STORAGE = FixedRows.of("pg_type").position("typstorage");
    private static final int ARRAY_IN = 750;
    private static final int ARRAY_OUT = 751;
    private static final int ARRAY_RECEIVE = 2400;
    private static final int ARRAY_SEND = 2401;
    private static final int ARRAY_ANALYZE = 3816;
    private static final int ARRAY_SUBSCRIPT = 6179;
    private static final int RECORD_IN = 2290;
    private static final int RECORD_OUT = 2291;
    private static final int RECORD_RECEIVE = 2402;
    private static final int RECORD_SEND = 2403;

    private static final int ARRAY = FixedRows.of("pg_type").position("typarray");

    private TypeRows() {}

    /// The OID of a type of pg_catalog, or of its arrays; -1 when there is none. It may be one that
    /// no value has here.
    static int builtIn(List<String> name, boolean isArray) {
        boolean isThere = name.size() == 1 || name.get(name.size() - 2).equals("pg_catalog");
        if (!isThere) {
            return -1;
        }
        for (String[] line : FixedRows.of("pg_type").lines()) {
            if (line[1].equals(name.getLast())) {
                int oid = number(line[isArray ? ARRAY : 0]);
                return oid == 0 ? -1 : oid;
            }
        }
        return -1;
    }

    static void types(Snapshot snapshot, Rows rows) {
        FixedRows facts = FixedRows.of("pg_type");
        facts.fill(
                rows,
                facts.lines().stream()
                        .filter(line ->
                                snapshot.focus() == null
                                        || snapshot.focus().hasType(number(line[0]), line[1]))
                        .toList());
        for (Relation relation : snapshot.relations()) {
            rowType(snapshot, rows, relation);
            rowArray(snapshot, rows, relation);
        }
    }

    private static void rowArray(Snapshot snapshot, Rows rows, Relation relation) {
        rowType(snapshot, rows, relation);
        rows.set("oid", Oids.rowArray(relation.oid()))
                .set("typname", arrayName(snapshot.catalog(), relation))
                .set("typtype", "b")
                .set("typcategory", "A")
                .set("typrelid", 0)
                .set("typelem", Oids.rowType(relation.oid()))
                .set("typarray", 0)
                .set("typinput", ARRAY_IN)
                .set("typoutput", ARRAY_OUT)
                .set("typreceive", ARRAY_RECEIVE)
                .set("typsend", ARRAY_SEND)
                .set("typanalyze", ARRAY_ANALYZE)
                .set("typsubscript", ARRAY_SUBSCRIPT);
    }

    private static void rowType(Snapshot snapshot, Rows rows, Relation relation) {
        rows.row()
                .set("oid", Oids.rowType(relation.oid()))
                .set("typname", relation.name())
                .set("typnamespace", snapshot.schemaOid(relation.schema()))
                .set("typowner", Oids.OWNER)
                .set("typlen", -1)
                .set("typbyval", false)
                .set("typtype", "c")
                .set("typcategory", "C")
                .set("typispreferred", false)
                .set("typisdefined", true)
                .set("typdelim", ",")
                .set("typrelid", relation.oid())
                .set("typelem", 0)
                .set("typarray", Oids.rowArray(relation.oid()))
                .set("typinput", RECORD_IN)
                .set("typoutput", RECORD_OUT)
                .set("typreceive", RECORD_RECEIVE)
                .set("typsend", RECORD_SEND)
                .set("typmodin", 0)
                .set("typmodout", 0)
                .set("typanalyze", 0)
                .set("typalign", "d")
                .set("typstorage", "x")
                .set("typnotnull", false)
                .set("typbasetype", 0)
                .set("typtypmod", -1)
                .set("typndims", 0)
                .set("typcollation", 0)
                .set("typsubscript", 0);
    }

    /// With one more underscore than the name, or more where that is a relation's.
    static String arrayName(CatalogSnapshot catalog, Relation relation) {
        String name = "_" + relation.name();
        while (catalog.object(relation.schema(), name) instanceof Relation) {
            name = "_" + name;
        }
        return name;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    /// `p` for types that are never stored apart, `m` or `x` for those that may be.
    static String storage(SqlType type) {
        String[] line = BY_OID.get(type.oid());
        return line == null ? "x" : line[STORAGE];
    }

    /// The name of a type by OID; null when it is no built-in type.
    static @Nullable String typeName(int oid) {
        String[] line = BY_OID.get(oid);
        return line == null ? null : line[1];
    }
}
