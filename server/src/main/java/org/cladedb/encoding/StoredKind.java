package org.cladedb.encoding;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;

/// How a value lies in a row: a fixed width, or 0 for values of variable length.
enum StoredKind {
    BOOLEAN(1),
    INT16(2),
    INT32(4),
    UNSIGNED32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8),
    INTERVAL(16),
    BYTES16(16),
    BYTES(0),
    NUMERIC(0),
    ARRAY(0),
    ROW(0);

    private final int width;

    StoredKind(int width) {
        this.width = width;
    }

    int width() {
        return width;
    }

    static StoredKind of(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BOOLEAN;
            case SMALLINT -> INT16;
            case INTEGER, DATE -> INT32;
            case OID, XID, CID, REGPROC, REGCLASS, REGTYPE -> UNSIGNED32;
            case REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER -> UNSIGNED32;
            case BIGINT, MONEY, TIME, TIMESTAMP, TIMESTAMPTZ -> INT64;
            case REAL -> FLOAT32;
            case DOUBLE -> FLOAT64;
            case INTERVAL -> INTERVAL;
            case UUID -> BYTES16;
            case BYTEA, CHAR, NAME, TEXT, BPCHAR, VARCHAR, JSON, JSONB, XML -> BYTES;
            case PG_NODE_TREE, UNKNOWN, CSTRING, TID, ACLITEM -> BYTES;
            case NUMERIC -> NUMERIC;
            case ARRAY, INT2VECTOR, OIDVECTOR -> ARRAY;
            case RECORD -> {
                if (type instanceof SqlType.Row) {
                    yield ROW;
                }
                throw unsupported(type);
            }
            case ANY, ANYARRAY, VOID, ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY ->
                    throw unsupported(type);
        };
    }

    private static DatabaseException unsupported(SqlType type) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "values of type " + type.kind().sqlName() + " cannot be stored");
    }
}
