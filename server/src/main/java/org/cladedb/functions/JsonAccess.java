package org.cladedb.functions;

import java.util.Arrays;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonParser;
import org.cladedb.types.JsonValue;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/// `->`, `->>`, `#>`, `#>>`, lengths and types of json and jsonb. A part of a value is a slice of
/// its text.
final class JsonAccess {
    private JsonAccess() {}

    static void define(Definitions define) {
        for (String type : new String[] {"json", "jsonb"}) {
            defineMembers(define, type);
            definePaths(define, type);
            define.function(
                    type + "_typeof(" + type + ") text",
                    (in, out, _) -> out.setText(typeName(JsonParser.parse(in[0]))));
            define.function(
                    type + "_array_length(" + type + ") int4",
                    (in, out, _) -> out.setLong(arrayLength(JsonParser.parse(in[0]))));
        }
    }

    private static void defineMembers(Definitions define, String type) {
        ScalarFunction field = (in, out, _) -> set(member(in), in[0], out);
        ScalarFunction fieldText = (in, out, _) -> setText(member(in), in[0], out);
        boolean binary = type.equals("jsonb");
        ScalarFunction element = (in, out, _) -> set(element(in, binary), in[0], out);
        ScalarFunction elementText = (in, out, _) -> setText(element(in, binary), in[0], out);
        define.operator("->(" + type + ", text) " + type, field);
        define.operator("->>(" + type + ", text) text", fieldText);
        define.operator("->(" + type + ", int4) " + type, element);
        define.operator("->>(" + type + ", int4) text", elementText);
        define.function(type + "_object_field(" + type + ", text) " + type, field);
        define.function(type + "_object_field_text(" + type + ", text) text", fieldText);
        define.function(type + "_array_element(" + type + ", int4) " + type, element);
        define.function(type + "_array_element_text(" + type + ", int4) text", elementText);
    }

    private static void definePaths(Definitions define, String type) {
        define.operator(
                "#>(" + type + ", text[]) " + type,
                (in, out, _) -> set(path(in[0], steps(in[1])), in[0], out));
        define.operator(
                "#>>(" + type + ", text[]) text",
                (in, out, _) -> setText(path(in[0], steps(in[1])), in[0], out));
        define.function(
                type + "_extract_path(" + type + ", variadic text[]) " + type,
                (in, out, _) -> set(path(in[0], rest(in)), in[0], out));
        define.function(
                type + "_extract_path_text(" + type + ", variadic text[]) text",
                (in, out, _) -> setText(path(in[0], rest(in)), in[0], out));
    }

    private static Datum[] rest(Datum[] in) {
        return Arrays.copyOfRange(in, 1, in.length);
    }

    static Datum[] steps(Datum array) {
        return array.arrayValue().elements().toArray(Datum[]::new);
    }

    static void set(@Nullable JsonValue value, Datum source, Datum out) {
        if (value == null) {
            out.setNull();
        } else {
            out.setBytes(source.bytes(), value.start(), value.end() - value.start());
        }
    }

    /// Strings without quotes, JSON's null as NULL.
    static void setText(@Nullable JsonValue value, Datum source, Datum out) {
        switch (value) {
            case null -> out.setNull();
            case JsonNull _ -> out.setNull();
            case JsonString string -> out.setText(string.value());
            case JsonObject _, JsonArray _, JsonNumber _, JsonBoolean _ -> set(value, source, out);
        }
    }

    private static @Nullable JsonValue member(Datum[] in) {
        return JsonParser.parse(in[0]) instanceof JsonObject object
                ? member(object, in[1].text())
                : null;
    }

    /// Of several members with this key the last one.
    static @Nullable JsonValue member(JsonObject object, String key) {
        for (JsonValue.Member member : object.members().reversed()) {
            if (member.key().equals(key)) {
                return member.value();
            }
        }
        return null;
    }

    private static @Nullable JsonValue element(Datum[] in, boolean binary) {
        JsonValue value = JsonParser.parse(in[0]);
        long index = in[1].longValue();
        return switch (value) {
            case JsonArray array -> element(array, index);
            case JsonObject _ -> null;
            // As in PostgreSQL, which keeps a scalar of jsonb in an array of one.
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ ->
                    binary && (index == 0 || index == -1) ? value : null;
        };
    }

    /// Negative indexes count from the end.
    static @Nullable JsonValue element(JsonArray array, long index) {
        long position = index < 0 ? array.elements().size() + index : index;
        return position < 0 || position >= array.elements().size()
                ? null
                : array.elements().get((int) position);
    }

    private static @Nullable JsonValue path(Datum source, Datum[] steps) {
        JsonValue at = JsonParser.parse(source);
        for (Datum step : steps) {
            if (step.isNull()) {
                return null;
            }
            at =
                    switch (at) {
                        case JsonObject object -> member(object, step.text());
                        case JsonArray array -> {
                            Integer index = index(step.text());
                            yield index == null ? null : element(array, index);
                        }
                        case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> null;
                    };
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    static @Nullable Integer index(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException exception) {
            return null;
        }
    }

    static String typeName(JsonValue value) {
        return switch (value) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonNumber _ -> "number";
            case JsonBoolean _ -> "boolean";
            case JsonNull _ -> "null";
        };
    }

    private static long arrayLength(JsonValue value) {
        return switch (value) {
            case JsonArray array -> array.elements().size();
            case JsonObject _ ->
                    throw Failures.invalidParameter("cannot get array length of a non-array");
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ ->
                    throw Failures.invalidParameter("cannot get array length of a scalar");
        };
    }
}
