package org.cladedb.types;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The built-in types and pseudo-types, with PostgreSQL's OIDs and names.
///
/// [#ARRAY] stands for every array type, whose OID follows from its element ([SqlType#oid()]).
public enum TypeKind {
    BOOLEAN(16, 1000, "bool", "boolean", 1, 'B', true, ValueForm.LONG),
    BYTEA(17, 1001, "bytea", "bytea", -1, 'U', false, ValueForm.BYTES),
    CHAR(18, 1002, "char", "\"char\"", 1, 'Z', false, ValueForm.BYTES),
    NAME(19, 1003, "name", "name", 64, 'S', false, ValueForm.BYTES),
    BIGINT(20, 1016, "int8", "bigint", 8, 'N', false, ValueForm.LONG),
    SMALLINT(21, 1005, "int2", "smallint", 2, 'N', false, ValueForm.LONG),
    INT2VECTOR(22, 1006, "int2vector", "int2vector", -1, 'A', false, ValueForm.ARRAY),
    INTEGER(23, 1007, "int4", "integer", 4, 'N', false, ValueForm.LONG),
    REGPROC(24, 1008, "regproc", "regproc", 4, 'N', false, ValueForm.LONG),
    TEXT(25, 1009, "text", "text", -1, 'S', true, ValueForm.BYTES),
    OID(26, 1028, "oid", "oid", 4, 'N', true, ValueForm.LONG),
    TID(27, 1010, "tid", "tid", 6, 'U', false, ValueForm.BYTES),
    XID(28, 1011, "xid", "xid", 4, 'U', false, ValueForm.LONG),
    CID(29, 1012, "cid", "cid", 4, 'U', false, ValueForm.LONG),
    OIDVECTOR(30, 1013, "oidvector", "oidvector", -1, 'A', false, ValueForm.ARRAY),
    JSON(114, 199, "json", "json", -1, 'U', false, ValueForm.BYTES),
    XML(142, 143, "xml", "xml", -1, 'U', false, ValueForm.BYTES),
    PG_NODE_TREE(194, 0, "pg_node_tree", "pg_node_tree", -1, 'Z', false, ValueForm.BYTES),
    REAL(700, 1021, "float4", "real", 4, 'N', false, ValueForm.DOUBLE),
    DOUBLE(701, 1022, "float8", "double precision", 8, 'N', true, ValueForm.DOUBLE),
    UNKNOWN(705, 0, "unknown", "unknown", -2, 'X', false, ValueForm.BYTES),
    MONEY(790, 791, "money", "money", 8, 'N', false, ValueForm.LONG),
    ACLITEM(1033, 1034, "aclitem", "aclitem", 12, 'U', false, ValueForm.BYTES),
    BPCHAR(1042, 1014, "bpchar", "character", -1, 'S', false, ValueForm.BYTES),
    VARCHAR(1043, 1015, "varchar", "character varying", -1, 'S', false, ValueForm.BYTES),
    DATE(1082, 1182, "date", "date", 4, 'D', false, ValueForm.LONG),
    TIME(1083, 1183, "time", "time without time zone", 8, 'D', false, ValueForm.LONG),
    TIMESTAMP(
            1114, 1115, "timestamp", "timestamp without time zone", 8, 'D', false, ValueForm.LONG),
    TIMESTAMPTZ(
            1184, 1185, "timestamptz", "timestamp with time zone", 8, 'D', true, ValueForm.LONG),
    INTERVAL(1186, 1187, "interval", "interval", 16, 'T', true, ValueForm.INTERVAL),
    NUMERIC(1700, 1231, "numeric", "numeric", -1, 'N', false, ValueForm.NUMERIC),
    REGCLASS(2205, 2210, "regclass", "regclass", 4, 'N', false, ValueForm.LONG),
    REGTYPE(2206, 2211, "regtype", "regtype", 4, 'N', false, ValueForm.LONG),
    RECORD(2249, 2287, "record", "record", -1, 'P', false, ValueForm.ROW),
    CSTRING(2275, 1263, "cstring", "cstring", -2, 'P', false, ValueForm.BYTES),
    ANY(2276, 0, "any", "\"any\"", 4, 'P', false, ValueForm.NONE),
    ANYARRAY(2277, 0, "anyarray", "anyarray", -1, 'P', false, ValueForm.NONE),
    VOID(2278, 0, "void", "void", 4, 'P', false, ValueForm.NONE),
    ANYELEMENT(2283, 0, "anyelement", "anyelement", 4, 'P', false, ValueForm.NONE),
    ANYNONARRAY(2776, 0, "anynonarray", "anynonarray", 4, 'P', false, ValueForm.NONE),
    UUID(2950, 2951, "uuid", "uuid", 16, 'U', false, ValueForm.BYTES),
    JSONB(3802, 3807, "jsonb", "jsonb", -1, 'U', false, ValueForm.BYTES),
    ANYCOMPATIBLE(5077, 0, "anycompatible", "anycompatible", 4, 'P', false, ValueForm.NONE),
    ANYCOMPATIBLEARRAY(
            5078, 0, "anycompatiblearray", "anycompatiblearray", -1, 'P', false, ValueForm.NONE),
    REGNAMESPACE(4089, 4090, "regnamespace", "regnamespace", 4, 'N', false, ValueForm.LONG),
    REGROLE(4096, 4097, "regrole", "regrole", 4, 'N', false, ValueForm.LONG),
    REGPROCEDURE(2202, 2207, "regprocedure", "regprocedure", 4, 'N', false, ValueForm.LONG),
    REGOPER(2203, 2208, "regoper", "regoper", 4, 'N', false, ValueForm.LONG),
    ARRAY(0, 0, "array", "array", -1, 'A', false, ValueForm.ARRAY);

    private static final Map<Integer, TypeKind> BY_OID = new HashMap<>();
    private static final Map<String, TypeKind> BY_NAME = new HashMap<>();

    static {
        for (TypeKind kind : values()) {
            if (kind != ARRAY) {
                BY_OID.put(kind.oid, kind);
                BY_NAME.put(kind.typeName, kind);
            }
        }
    }

    private final int oid;
    private final int arrayOid;
    private final String typeName;
    private final String sqlName;
    private final int length;
    private final char category;
    private final boolean preferred;
    private final ValueForm form;

    TypeKind(
            int oid,
            int arrayOid,
            String typeName,
            String sqlName,
            int length,
            char category,
            boolean preferred,
            ValueForm form) {
        this.oid = oid;
        this.arrayOid = arrayOid;
        this.typeName = typeName;
        this.sqlName = sqlName;
        this.length = length;
        this.category = category;
        this.preferred = preferred;
        this.form = form;
    }

    /// The kind with this OID; null for array types and unknown OIDs.
    public static @Nullable TypeKind byOid(int oid) {
        return BY_OID.get(oid);
    }

    /// The kind called `typeName` in `pg_type.typname`, such as `int4`.
    public static @Nullable TypeKind byTypeName(String typeName) {
        return BY_NAME.get(typeName);
    }

    public int oid() {
        return oid;
    }

    /// The OID of arrays of this type; 0 when there are none.
    public int arrayOid() {
        return arrayOid;
    }

    /// As in `pg_type.typname`.
    public String typeName() {
        return typeName;
    }

    /// As `format_type` prints it, without modifiers.
    public String sqlName() {
        return sqlName;
    }

    /// As in `pg_type.typlen`.
    public int length() {
        return length;
    }

    /// As in `pg_type.typcategory`.
    public char category() {
        return category;
    }

    /// As in `pg_type.typispreferred`.
    public boolean isPreferred() {
        return preferred;
    }

    public ValueForm form() {
        return form;
    }
}
