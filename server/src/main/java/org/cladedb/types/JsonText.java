package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;

/// SQL values as JSON, as PostgreSQL's `to_json` and `row_to_json` write them: numbers bare (NaN
/// and infinities quoted), dates and times in ISO 8601 with a `T`, arrays and rows without blanks,
/// json verbatim, and every other type's text form as a string.
public final class JsonText {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private JsonText() {}

    /// Appends one value; for many of one type get a writer.
    public static void write(Datum value, SqlType type, TypeContext context, ByteWriter out) {
        writerFor(type, context).write(value, out);
    }

    /// A writer specialised for the type and the session's settings; allocates nothing per value of
    /// the everyday types.
    public static JsonWriter writerFor(SqlType type, TypeContext context) {
        return switch (type.kind()) {
            // The most frequent types check for NULL themselves, which spares a call.
            case SMALLINT, INTEGER, BIGINT -> JsonText::writeInteger;
            case NUMERIC -> JsonText::writeNumeric;
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, CSTRING -> JsonText::writeText;
            case TIMESTAMP -> JsonText::writeTimestamp;
            default -> orNull(ofValue(type, context));
        };
    }

    private static JsonWriter orNull(JsonWriter writer) {
        return (value, out) -> {
            if (value.isNull()) {
                out.writeBytes(NULL);
            } else {
                writer.write(value, out);
            }
        };
    }

    private static void writeInteger(Datum value, ByteWriter out) {
        if (value.isNull()) {
            out.writeBytes(NULL);
        } else {
            Digits.append(out, value.longValue());
        }
    }

    private static void writeText(Datum value, ByteWriter out) {
        if (value.isNull()) {
            out.writeBytes(NULL);
        } else {
            JsonEscaper.appendQuoted(out, value.bytes(), value.offset(), value.length());
        }
    }

    private static void writeTimestamp(Datum value, ByteWriter out) {
        if (value.isNull()) {
            out.writeBytes(NULL);
        } else {
            out.writeByte('"');
            DateTimeText.appendTimestamp(out, value.longValue(), true);
            out.writeByte('"');
        }
    }

    private static void writeNumeric(Datum value, ByteWriter out) {
        if (value.isNull()) {
            out.writeBytes(NULL);
        } else if (value.numericSpecial() == null) {
            NumericText.append(out, value);
        } else {
            out.writeByte('"');
            NumericText.append(out, value);
            out.writeByte('"');
        }
    }

    /// The key of a JSON object member with quotes and colon: `"name":`.
    public static byte[] memberName(String name) {
        ByteWriter out = new ByteWriter();
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        JsonEscaper.appendQuoted(out, text, 0, text.length);
        out.writeByte(':');
        return out.toByteArray();
    }

    private static JsonWriter ofValue(SqlType type, TypeContext context) {
        return switch (type) {
            case SqlType.Array array -> ofArray(writerFor(array.element(), context));
            case SqlType.Row row -> ofRow(row, context);
            case SqlType.Scalar scalar -> ofScalar(scalar, context);
        };
    }

    private static JsonWriter ofScalar(SqlType.Scalar type, TypeContext context) {
        return switch (type.kind()) {
            case BOOLEAN -> (value, out) -> out.writeBytes(value.booleanValue() ? TRUE : FALSE);
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> writerFor(type, context);
            case REAL, DOUBLE -> ofFloat(type, context);
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, CSTRING, TIMESTAMP ->
                    writerFor(type, context);
            case JSON, JSONB ->
                    (value, out) -> out.writeBytes(value.bytes(), value.offset(), value.length());
            case DATE -> quoted((value, out) -> DateTimeText.appendDate(out, value.longValue()));
            case TIMESTAMPTZ ->
                    quoted((value, out) ->
                            DateTimeText.appendTimestampTz(
                                    out, value.longValue(), context.timeZone(), true));
            case TIME, UUID, INTERVAL -> {
                TypeCodec codec = Codecs.of(type);
                yield quoted((value, out) -> codec.writeText(value, context, out));
            }
            case INT2VECTOR -> ofArray(writerFor(SqlType.SMALLINT, context));
            case OIDVECTOR -> ofArray(writerFor(SqlType.OID, context));
            case RECORD ->
                    (value, out) -> ofRow(value.rowValue().type(), context).write(value, out);
            case VOID -> (_, out) -> out.writeUtf8("\"\"");
            case OID, XID, CID, REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE ->
                    ofText(type, context);
            case REGPROCEDURE, REGOPER, BYTEA, CHAR, TID, XML, PG_NODE_TREE, MONEY, ACLITEM ->
                    ofText(type, context);
            case ANY, ANYARRAY, ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY, ARRAY ->
                    throw new IllegalStateException("no values of type " + type.kind());
        };
    }

    /// Adds quotes around text that needs no escapes.
    private static JsonWriter quoted(JsonWriter plain) {
        return (value, out) -> {
            out.writeByte('"');
            plain.write(value, out);
            out.writeByte('"');
        };
    }

    /// The text form, escaped.
    private static JsonWriter ofText(SqlType type, TypeContext context) {
        TypeCodec codec = Codecs.of(type);
        return (value, out) -> {
            ByteWriter text = new ByteWriter();
            codec.writeText(value, context, text);
            JsonEscaper.appendQuoted(out, text.array(), 0, text.size());
        };
    }

    private static JsonWriter ofFloat(SqlType type, TypeContext context) {
        TypeCodec codec = Codecs.of(type);
        return (value, out) -> {
            boolean special = !Double.isFinite(value.doubleValue());
            if (special) {
                out.writeByte('"');
            }
            codec.writeText(value, context, out);
            if (special) {
                out.writeByte('"');
            }
        };
    }

    private static JsonWriter ofArray(JsonWriter element) {
        return (value, out) -> {
            ArrayValue array = value.arrayValue();
            if (array.elements().isEmpty()) {
                out.writeByte('[');
                out.writeByte(']');
            } else {
                writeDimension(array, 0, 0, element, out);
            }
        };
    }

    /// Writes one sub-array; returns the index of the element after it.
    private static int writeDimension(
            ArrayValue array, int dimension, int first, JsonWriter element, ByteWriter out) {
        boolean innermost = dimension == array.dimensions().size() - 1;
        int next = first;
        out.writeByte('[');
        for (int i = 0; i < array.dimensions().get(dimension); i++) {
            Cancellation.check();
            if (i > 0) {
                out.writeByte(',');
            }
            if (innermost) {
                element.write(array.elements().get(next++), out);
            } else {
                next = writeDimension(array, dimension + 1, next, element, out);
            }
        }
        out.writeByte(']');
        return next;
    }

    private static JsonWriter ofRow(SqlType.Row type, TypeContext context) {
        int count = type.fields().size();
        byte[][] names = new byte[count][];
        JsonWriter[] writers = new JsonWriter[count];
        for (int i = 0; i < count; i++) {
            Cancellation.check();
            names[i] = memberName(type.fields().get(i).name());
            writers[i] = writerFor(type.fields().get(i).type(), context);
        }
        return (value, out) -> {
            List<Datum> fields = value.rowValue().values();
            out.writeByte('{');
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.writeByte(',');
                }
                out.writeBytes(names[i]);
                writers[i].write(fields.get(i), out);
            }
            out.writeByte('}');
        };
    }
}
