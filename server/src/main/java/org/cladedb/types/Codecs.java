package org.cladedb.types;

import java.util.EnumMap;
import java.util.Map;

/// The codec of every type.
public final class Codecs {
    private static final Map<TypeKind, TypeCodec> SCALARS = new EnumMap<>(TypeKind.class);

    static {
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY) {
                SCALARS.put(kind, create(new SqlType.Scalar(kind, -1)));
            }
        }
    }

    private Codecs() {}

    /// The codec that reads and writes values of `type`, applying its modifier when it reads.
    public static TypeCodec of(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> new ArrayCodec(array);
            case SqlType.Row row -> new RecordCodec(row);
            case SqlType.Scalar scalar -> {
                TypeCodec plain = scalar.modifier() < 0 ? SCALARS.get(scalar.kind()) : null;
                yield plain != null ? plain : create(scalar);
            }
        };
    }

    private static TypeCodec create(SqlType.Scalar type) {
        return switch (type.kind()) {
            case BOOLEAN -> BooleanCodec.INSTANCE;
            case SMALLINT, INTEGER, BIGINT -> IntegerCodec.of(type.kind());
            case OID, XID, CID -> IntegerCodec.unsigned(type.kind());
            case REAL -> FloatCodec.REAL;
            case DOUBLE -> FloatCodec.DOUBLE;
            case NUMERIC -> new NumericCodec(type);
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, CSTRING, PG_NODE_TREE -> new TextCodec(type);
            case CHAR -> SingleByteCodec.INSTANCE;
            case BYTEA -> ByteaCodec.INSTANCE;
            case UUID -> UuidCodec.INSTANCE;
            case DATE -> DateCodec.INSTANCE;
            case TIME -> new TimeCodec(type);
            case TIMESTAMP, TIMESTAMPTZ -> new TimestampCodec(type);
            case INTERVAL -> new IntervalCodec(type);
            case JSON, JSONB -> new JsonCodec(type.kind());
            case REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER ->
                    new ObjectNameCodec(type.kind());
            case INT2VECTOR -> new VectorCodec(SqlType.SMALLINT);
            case OIDVECTOR -> new VectorCodec(SqlType.OID);
            case RECORD -> new RecordCodec(type);
            case TID, XML, MONEY, ACLITEM -> new OpaqueCodec(type.kind());
            case ANY, ANYARRAY, VOID, ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY ->
                    new PseudoCodec(type.kind());
            case ARRAY -> throw new IllegalStateException("an array type has an element");
        };
    }
}
