package org.cladedb.functions;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeKind;

/// `||` of text, `concat`, `concat_ws` and `format`: values of any type written as text.
final class ConcatenationFunctions {
    private ConcatenationFunctions() {}

    static void define(Definitions define) {
        define.boundOperator("||(text, text) text", (_, _) -> joiner());
        define.boundOperator("||(bytea, bytea) bytea", (_, _) -> joiner());
        define.boundOperator("||(text, anynonarray) text stable", (types, _) -> mixed(types));
        define.boundOperator("||(anynonarray, text) text stable", (types, _) -> mixed(types));
        define.bound("concat(variadic any) text stable lax", (types, _) -> concat(types, false));
        define.bound(
                "concat_ws(text, variadic any) text stable lax", (types, _) -> concat(types, true));
        define.bound(
                "format(text, variadic any) text stable lax",
                (types, _) -> new TextFormat(writers(types)));
        define.bound("format(text) text stable", (types, _) -> new TextFormat(writers(types)));
    }

    private static void begin(ByteWriter buffer, EvaluationContext context) {
        buffer.clear();
        buffer.limitedBy(context.memory());
    }

    /// Small buffers are kept for the next call.
    private static void finish(ByteWriter buffer, Datum out) {
        out.setBytes(buffer.array(), 0, buffer.size());
        buffer.forgetLarge();
    }

    private static ScalarFunction joiner() {
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            begin(buffer, context);
            buffer.writeBytes(in[0].bytes(), in[0].offset(), in[0].length());
            buffer.writeBytes(in[1].bytes(), in[1].offset(), in[1].length());
            finish(buffer, out);
        };
    }

    private static ScalarFunction mixed(List<SqlType> types) {
        ValueWriter[] writers = castWriters(types);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            begin(buffer, context);
            writers[0].write(in[0], context, buffer);
            writers[1].write(in[1], context, buffer);
            finish(buffer, out);
        };
    }

    private static ScalarFunction concat(List<SqlType> types, boolean separated) {
        ValueWriter[] writers = writers(types);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            if (separated && in[0].isNull()) {
                out.setNull();
                return;
            }
            begin(buffer, context);
            boolean first = true;
            for (int i = separated ? 1 : 0; i < in.length; i++) {
                Cancellation.check();
                if (in[i].isNull()) {
                    continue;
                }
                if (separated && !first) {
                    buffer.writeBytes(in[0].bytes(), in[0].offset(), in[0].length());
                }
                writers[i].write(in[i], context, buffer);
                first = false;
            }
            finish(buffer, out);
        };
    }

    /// Appends the text form of a value.
    @FunctionalInterface
    interface ValueWriter {
        void write(Datum value, EvaluationContext context, ByteWriter out);
    }

    static ValueWriter[] writers(List<SqlType> types) {
        return types.stream().map(ConcatenationFunctions::writer).toArray(ValueWriter[]::new);
    }

    /// As a type's output function writes it.
    static ValueWriter writer(SqlType type) {
        if (type.kind() == TypeKind.TEXT
                || type.kind() == TypeKind.VARCHAR
                || type.kind() == TypeKind.UNKNOWN) {
            return (value, _, out) -> out.writeBytes(value.bytes(), value.offset(), value.length());
        }
        TypeCodec codec = Codecs.of(type);
        return (value, context, out) -> codec.writeText(value, context.types(), out);
    }

    /// As a cast to text does: booleans in full, char(n) without its blanks.
    private static ValueWriter[] castWriters(List<SqlType> types) {
        return types.stream()
                .map(type -> {
                    if (type.kind() != TypeKind.BOOLEAN && type.kind() != TypeKind.BPCHAR) {
                        return writer(type);
                    }
                    ScalarFunction cast = CastFunctions.of(type.kind(), TypeKind.TEXT);
                    Datum text = new Datum();
                    Datum[] row = {text};
                    ValueWriter result =
                            (value, context, out) -> {
                                row[0] = value;
                                cast.apply(row, text, context);
                                out.writeBytes(text.bytes(), text.offset(), text.length());
                            };
                    return result;
                })
                .toArray(ValueWriter[]::new);
    }
}
