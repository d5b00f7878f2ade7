package org.cladedb.pgwire.protocol;

import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeContext;

/// Writes the values of one column of a result, each with its length before it; NULL is the
/// caller's business.
@FunctionalInterface
interface ColumnEncoder {
    void encode(Datum value, ByteWriter out);

    /// The encoder for a type in format 0 (text) or 1 (binary).
    static ColumnEncoder of(SqlType type, int format, TypeContext context) {
        return format == 0 ? text(type, context) : binary(type, context);
    }

    private static ColumnEncoder text(SqlType type, TypeContext context) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> DecimalDigits::write;
            case TEXT, VARCHAR, NAME, JSON, UNKNOWN -> ColumnEncoder::bytes;
            case BOOLEAN -> ColumnEncoder::booleanText;
            default -> {
                TypeCodec codec = Codecs.of(type);
                yield (value, out) -> {
                    int start = out.size();
                    out.writeInt(0);
                    codec.writeText(value, context, out);
                    out.setInt(start, out.size() - start - 4);
                };
            }
        };
    }

    private static ColumnEncoder binary(SqlType type, TypeContext context) {
        return switch (type.kind()) {
            case INTEGER ->
                    (value, out) -> {
                        out.writeInt(4);
                        out.writeInt((int) value.longValue());
                    };
            case BIGINT ->
                    (value, out) -> {
                        out.writeInt(8);
                        out.writeLong(value.longValue());
                    };
            case TEXT, VARCHAR, NAME, JSON, UNKNOWN, BYTEA -> ColumnEncoder::bytes;
            default -> {
                TypeCodec codec = Codecs.of(type);
                yield (value, out) -> {
                    int start = out.size();
                    out.writeInt(0);
                    codec.writeBinary(value, context, out);
                    out.setInt(start, out.size() - start - 4);
                };
            }
        };
    }

    private static void bytes(Datum value, ByteWriter out) {
        out.writeInt(value.length());
        out.writeBytes(value.bytes(), value.offset(), value.length());
    }

    private static void booleanText(Datum value, ByteWriter out) {
        out.writeInt(1);
        out.writeByte(value.booleanValue() ? 't' : 'f');
    }
}
