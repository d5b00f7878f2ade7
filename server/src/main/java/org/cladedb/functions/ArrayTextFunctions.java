package org.cladedb.functions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.types.ArrayValue;
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
                    (in, out, _) -> {
                        if (in[0].isNull()) {
                            out.setNull();
                        } else {
                            out.setObject(ArrayValue.of(SqlType.TEXT, split(in)));
                        }
                    });
            define.set(
                    "string_to_table(text, text" + tail + ") setof text lax",
                    (_, _) ->
                            (in, _) -> {
                                Iterator<Datum> parts =
                                        (in[0].isNull() ? List.<Datum>of() : split(in)).iterator();
                                return out -> {
                                    if (parts.hasNext()) {
                                        out[0].copyFrom(parts.next());
                                        return true;
                                    }
                                    return false;
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
            ByteWriter text = new ByteWriter();
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

    private static List<Datum> split(Datum[] in) {
        Datum text = in[0];
        Datum nullText = in.length > 2 ? in[2] : new Datum();
        List<Datum> parts = new ArrayList<>();
        if (text.length() == 0) {
            return parts;
        }
        if (in[1].isNull()) {
            for (int i = 0; i < text.length(); ) {
                Cancellation.check();
                int length = Utf8.lengthOf(text.bytes()[text.offset() + i]);
                parts.add(part(text, i, i + length, nullText));
                i += length;
            }
            return parts;
        }
        int start = 0;
        int at = in[1].length() == 0 ? -1 : ByteStrings.indexOf(text, in[1], 0);
        while (at >= 0) {
            Cancellation.check();
            parts.add(part(text, start, at, nullText));
            start = at + in[1].length();
            at = ByteStrings.indexOf(text, in[1], start);
        }
        parts.add(part(text, start, text.length(), nullText));
        return parts;
    }

    private static Datum part(Datum text, int start, int end, Datum nullText) {
        Datum part = new Datum();
        part.setBytes(text.bytes(), text.offset() + start, end - start);
        if (!nullText.isNull()
                && nullText.length() == part.length()
                && ByteStrings.matches(part, 0, nullText)) {
            part.setNull();
        } else {
            part.detach();
        }
        return part;
    }
}
