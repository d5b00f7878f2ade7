package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;
import org.cladedb.types.JsonValue.Member;

/// The one text form of a jsonb value: keys unique (the last one given counts) and sorted by length
/// and then bytes, a blank after each comma and colon, numbers as numeric prints them.
///
/// Values of type jsonb are always stored in this form, so that a part of one is a slice of it.
public final class JsonbText {
    private static final Comparator<byte[]> KEY_ORDER =
            Comparator.<byte[]>comparingInt(key -> key.length)
                    .thenComparing(Arrays::compareUnsigned);
    private static final int INDENT = 4;

    private JsonbText() {}

    /// The canonical form of valid JSON text.
    public static byte[] canonical(byte[] source, int offset, int length) {
        ByteWriter out = new ByteWriter(length + length / 8);
        append(JsonParser.parse(source, offset, length), out);
        return out.toByteArray();
    }

    public static void append(JsonValue value, ByteWriter out) {
        switch (value) {
            case JsonObject object -> {
                out.writeByte('{');
                boolean first = true;
                for (Member member : members(object)) {
                    Cancellation.check();
                    if (!first) {
                        out.writeUtf8(", ");
                    }
                    first = false;
                    appendString(member.key(), out);
                    out.writeUtf8(": ");
                    append(member.value(), out);
                }
                out.writeByte('}');
            }
            case JsonArray array -> {
                out.writeByte('[');
                boolean first = true;
                for (JsonValue element : array.elements()) {
                    Cancellation.check();
                    if (!first) {
                        out.writeUtf8(", ");
                    }
                    first = false;
                    append(element, out);
                }
                out.writeByte(']');
            }
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> appendScalar(value, out);
        }
    }

    private static void appendScalar(JsonValue value, ByteWriter out) {
        switch (value) {
            case JsonString string -> appendString(string.value(), out);
            case JsonNumber number -> out.writeUtf8(LargeDecimals.toPlainString(number.value()));
            case JsonBoolean truth -> out.writeUtf8(Boolean.toString(truth.value()));
            case JsonNull _ -> out.writeUtf8("null");
            case JsonObject _, JsonArray _ -> throw new IllegalStateException("not a scalar");
        }
    }

    /// Appends a string with its quotes and escapes.
    public static void appendString(String text, ByteWriter out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonEscaper.appendQuoted(out, bytes, 0, bytes.length);
    }

    /// As `jsonb_pretty` prints it: a line for each member and element.
    public static void appendPretty(JsonValue value, int depth, ByteWriter out) {
        switch (value) {
            case JsonObject object -> {
                out.writeByte('{');
                List<Member> members = members(object);
                for (int i = 0; i < members.size(); i++) {
                    Cancellation.check();
                    breakLine(i > 0, depth + 1, out);
                    appendString(members.get(i).key(), out);
                    out.writeUtf8(": ");
                    appendPretty(members.get(i).value(), depth + 1, out);
                }
                breakLine(false, depth, out);
                out.writeByte('}');
            }
            case JsonArray array -> {
                out.writeByte('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    Cancellation.check();
                    breakLine(i > 0, depth + 1, out);
                    appendPretty(array.elements().get(i), depth + 1, out);
                }
                breakLine(false, depth, out);
                out.writeByte(']');
            }
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> appendScalar(value, out);
        }
    }

    private static void breakLine(boolean comma, int depth, ByteWriter out) {
        if (comma) {
            out.writeByte(',');
        }
        out.writeByte('\n');
        for (int i = 0; i < depth * INDENT; i++) {
            out.writeByte(' ');
        }
    }

    /// The members in canonical order, without duplicates.
    public static List<Member> members(JsonObject object) {
        Map<String, Member> last = new LinkedHashMap<>();
        for (Member member : object.members()) {
            Cancellation.check();
            last.put(member.key(), member);
        }
        return last.values().stream()
                .sorted(
                        Comparator.comparing(
                                member -> member.key().getBytes(StandardCharsets.UTF_8), KEY_ORDER))
                .toList();
    }
}
