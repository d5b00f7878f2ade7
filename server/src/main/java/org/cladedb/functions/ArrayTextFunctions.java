package org.cladedb.functions;

import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Text cut into arrays and arrays joined into text.
final class ArrayTextFunctions {
    private ArrayTextFunctions() {}

    static void define(Definitions define) {
        for (String tail : new String[] {"", ", text"}) {
            define.bound(
                    "array_to_string(anyarray, text" + tail + ") text stable lax",
                    (types, _) -> join(types.getFirst()));
            define.function(
                    "string_to_array(text, text" + tail + ") text[] lax",
                    (in, out, context) -> {
                        if (in[0].isNull()) {
                            out.setNull();
                            return;
                        }
                        try (ElementList parts = new ElementList(context.memory())) {
                            TextParts source = new TextParts(in);
                            while (source.next()) {
                                Datum part = source.part();
                                part.detach();
                                parts.add(part);
                            }
                            out.setObject(parts.array(SqlType.TEXT));
                        }
                    });
            define.set(
                    "string_to_table(text, text" + tail + ") setof text lax",
                    (_, _) ->
                            (in, _) -> {
                                if (in[0].isNull()) {
                                    return _ -> false;
                                }
                                TextParts parts = new TextParts(in);
                                return out -> {
                                    boolean found = parts.next();
                                    if (found) {
                                        out[0].copyFrom(parts.part());
                                    }
                                    return found;
                                };
                            });
        }
    }

    private static ScalarFunction join(SqlType type) {
        SqlType element = Coercions.elementType(type);
        if (element == null) {
            throw new IllegalStateException("not an array");
        }
        ConcatenationFunctions.ValueWriter writer = ConcatenationFunctions.writer(element);
        return (in, out, context) -> {
            if (in[0].isNull() || in[1].isNull()) {
                out.setNull();
                return;
            }
            Datum replacement = in.length > 2 ? in[2] : new Datum();
            ByteWriter text = new ByteWriter().limitedBy(context.memory());
            boolean first = true;
            for (Datum item : in[0].arrayValue().elements()) {
                Cancellation.check();
                if (item.isNull() && replacement.isNull()) {
                    continue;
                }
                if (!first) {
                    text.writeBytes(in[1].bytes(), in[1].offset(), in[1].length());
                }
                first = false;
                if (item.isNull()) {
                    text.writeBytes(
                            replacement.bytes(), replacement.offset(), replacement.length());
                } else {
                    writer.write(item, context, text);
                }
            }
            out.setBytes(text.array(), 0, text.size());
        };
    }
}
