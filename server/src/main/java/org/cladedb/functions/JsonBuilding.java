package org.cladedb.functions;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonText;
import org.cladedb.types.JsonWriter;
import org.cladedb.types.JsonbText;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// `to_json`, `row_to_json`, `json_build_object` and their kin, for json and jsonb.
final class JsonBuilding {
    private JsonBuilding() {}

    static void define(Definitions define) {
        define.bound("to_json(anyelement) json stable", (types, _) -> converter(types.getFirst()));
        define.bound(
                "to_jsonb(anyelement) jsonb stable",
                (types, _) -> canonical(converter(types.getFirst())));
        define.bound("row_to_json(record) json stable", (types, _) -> converter(types.getFirst()));
        define.bound(
                "row_to_json(record, bool) json stable",
                (types, _) -> pretty(types.getFirst(), true));
        define.bound(
                "array_to_json(anyarray) json stable", (types, _) -> converter(types.getFirst()));
        define.bound(
                "array_to_json(anyarray, bool) json stable",
                (types, _) -> pretty(types.getFirst(), false));
        defineBuilders(define, "json");
        defineBuilders(define, "jsonb");
    }

    /// Writes values of one type as JSON; follows changes of the session's settings.
    static final class Writer {
        private final SqlType type;
        private @Nullable TypeContext settings;
        private @Nullable JsonWriter writer;

        Writer(SqlType type) {
            this.type = type;
        }

        void write(Datum value, EvaluationContext context, ByteWriter out) {
            JsonWriter current = writer;
            if (current == null || !context.types().equals(settings)) {
                current = JsonText.writerFor(type, context.types());
                settings = context.types();
                writer = current;
            }
            current.write(value, out);
        }
    }

    /// Writes values of one type as keys: what JSON writes for the value, always in quotes.
    static final class KeyWriter {
        private final Writer writer;
        private final ByteWriter text = new ByteWriter();

        KeyWriter(SqlType type) {
            writer = new Writer(type.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : type);
        }

        void write(Datum value, EvaluationContext context, ByteWriter out) {
            text.clear();
            writer.write(value, context, text);
            boolean quoted = text.array()[0] == '"';
            out.writeUtf8(quoted ? "" : "\"");
            out.writeBytes(text.array(), 0, text.size());
            out.writeUtf8(quoted ? " : " : "\" : ");
        }
    }

    private static ScalarFunction converter(SqlType type) {
        Writer writer = new Writer(type);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            buffer.clear();
            writer.write(in[0], context, buffer);
            out.setBytes(buffer.array(), 0, buffer.size());
        };
    }

    static ScalarFunction canonical(ScalarFunction function) {
        Datum text = new Datum();
        return (in, out, context) -> {
            function.apply(in, text, context);
            if (text.isNull()) {
                out.setNull();
            } else {
                out.setBytes(JsonbText.canonical(text.bytes(), text.offset(), text.length()));
            }
        };
    }

    /// With line feeds between the fields or elements of the outermost level.
    private static ScalarFunction pretty(SqlType type, boolean row) {
        ScalarFunction plain = converter(type);
        return (in, out, context) -> {
            if (!in[1].booleanValue()) {
                plain.apply(in, out, context);
                return;
            }
            ByteWriter text = new ByteWriter();
            if (row) {
                writePrettyRow(in[0].rowValue(), context, text);
            } else {
                writePrettyArray(in[0], type, context, text);
            }
            out.setBytes(text.array(), 0, text.size());
        };
    }

    private static void writePrettyRow(RowValue row, EvaluationContext context, ByteWriter out) {
        out.writeByte('{');
        List<SqlType.Field> fields = row.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            out.writeUtf8(i == 0 ? "" : ",\n ");
            out.writeBytes(JsonText.memberName(fields.get(i).name()));
            JsonText.write(row.values().get(i), fields.get(i).type(), context.types(), out);
        }
        out.writeByte('}');
    }

    private static void writePrettyArray(
            Datum value, SqlType type, EvaluationContext context, ByteWriter out) {
        SqlType element = Coercions.elementType(type);
        if (element == null || value.arrayValue().dimensions().size() > 1) {
            throw Failures.unsupported("pretty-printing arrays of several dimensions");
        }
        out.writeByte('[');
        List<Datum> elements = value.arrayValue().elements();
        for (int i = 0; i < elements.size(); i++) {
            Cancellation.check();
            out.writeUtf8(i == 0 ? "" : ",\n ");
            JsonText.write(elements.get(i), element, context.types(), out);
        }
        out.writeByte(']');
    }

    private static void defineBuilders(Definitions define, String type) {
        boolean binary = type.equals("jsonb");
        for (String arguments : new String[] {"()", "(variadic any)"}) {
            define.bound(
                    type + "_build_object" + arguments + " " + type + " stable lax",
                    (types, _) -> wrap(binary, object(types, binary)));
            define.bound(
                    type + "_build_array" + arguments + " " + type + " stable lax",
                    (types, _) -> wrap(binary, array(types)));
        }
        define.bound(
                type + "_object(text[]) " + type,
                (_, _) -> wrap(binary, (in, out, _) -> pairs(in[0], out)));
        define.bound(
                type + "_object(text[], text[]) " + type,
                (_, _) -> wrap(binary, (in, out, _) -> zip(in[0], in[1], out)));
    }

    private static ScalarFunction wrap(boolean binary, ScalarFunction function) {
        return binary ? canonical(function) : function;
    }

    private static Writer[] writers(List<SqlType> types) {
        return types.stream()
                .map(type -> type.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : type)
                .map(Writer::new)
                .toArray(Writer[]::new);
    }

    private static ScalarFunction array(List<SqlType> types) {
        Writer[] writers = writers(types);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            buffer.clear();
            buffer.writeByte('[');
            for (int i = 0; i < in.length; i++) {
                Cancellation.check();
                buffer.writeUtf8(i == 0 ? "" : ", ");
                writers[i].write(in[i], context, buffer);
            }
            buffer.writeByte(']');
            out.setBytes(buffer.array(), 0, buffer.size());
        };
    }

    private static ScalarFunction object(List<SqlType> types, boolean binary) {
        Writer[] writers = writers(types);
        KeyWriter[] keys = types.stream().map(KeyWriter::new).toArray(KeyWriter[]::new);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            if (in.length % 2 != 0) {
                throw Failures.invalidParameter("argument list must have even number of elements")
                        .withHint(
                                "The arguments of "
                                        + (binary ? "jsonb" : "json")
                                        + "_build_object() must consist of alternating keys and"
                                        + " values.");
            }
            buffer.clear();
            buffer.writeByte('{');
            for (int i = 0; i < in.length; i += 2) {
                Cancellation.check();
                if (in[i].isNull()) {
                    throw nullKey(binary, i);
                }
                rejectKeyType(types.get(i));
                buffer.writeUtf8(i == 0 ? "" : ", ");
                keys[i].write(in[i], context, buffer);
                writers[i + 1].write(in[i + 1], context, buffer);
            }
            buffer.writeByte('}');
            out.setBytes(buffer.array(), 0, buffer.size());
        };
    }

    private static DatabaseException nullKey(boolean binary, int index) {
        return binary
                ? Failures.invalidParameter("argument " + (index + 1) + ": key must not be null")
                : nullKey();
    }

    static DatabaseException nullKey() {
        return new DatabaseException(
                SqlState.NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
    }

    static void rejectKeyType(SqlType type) {
        boolean bad =
                type.isArray()
                        || type.kind() == TypeKind.RECORD
                        || type.kind() == TypeKind.JSON
                        || type.kind() == TypeKind.JSONB;
        if (bad) {
            throw Failures.invalidParameter(
                    "key value must be scalar, not array, composite, or json");
        }
    }

    private static void pairs(Datum array, Datum out) {
        List<Integer> dimensions = array.arrayValue().dimensions();
        List<Datum> elements = array.arrayValue().elements();
        if (dimensions.size() > 2 || (dimensions.size() == 2 && dimensions.get(1) != 2)) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR,
                    dimensions.size() > 2
                            ? "wrong number of array subscripts"
                            : "array must have two columns");
        }
        if (elements.size() % 2 != 0) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "array must have even number of elements");
        }
        ByteWriter text = new ByteWriter();
        text.writeByte('{');
        for (int i = 0; i < elements.size(); i += 2) {
            Cancellation.check(i + 2L);
            appendPair(i, elements.get(i), elements.get(i + 1), text);
        }
        text.writeByte('}');
        out.setBytes(text.array(), 0, text.size());
    }

    private static void zip(Datum keys, Datum values, Datum out) {
        List<Datum> names = keys.arrayValue().elements();
        List<Datum> contents = values.arrayValue().elements();
        if (keys.arrayValue().dimensions().size() > 1
                || values.arrayValue().dimensions().size() > 1) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        if (names.size() != contents.size()) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "mismatched array dimensions");
        }
        ByteWriter text = new ByteWriter();
        text.writeByte('{');
        for (int i = 0; i < names.size(); i++) {
            Cancellation.check(i + 1L);
            appendPair(i, names.get(i), contents.get(i), text);
        }
        text.writeByte('}');
        out.setBytes(text.array(), 0, text.size());
    }

    private static void appendPair(int index, Datum key, Datum value, ByteWriter out) {
        if (key.isNull()) {
            throw new DatabaseException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
        }
        out.writeUtf8(index == 0 ? "" : ", ");
        JsonbText.appendString(key.text(), out);
        out.writeUtf8(" : ");
        if (value.isNull()) {
            out.writeUtf8("null");
        } else {
            JsonbText.appendString(value.text(), out);
        }
    }
}
