package org.cladedb.functions;

import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonParser;
import org.cladedb.types.JsonValue;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;

/// `@>`, `<@`, `?`, `?|` and `?&` of jsonb.
final class JsonContainment {
    private JsonContainment() {}

    static void define(Definitions define) {
        define.operator(
                "@>(jsonb, jsonb) bool", (in, out, _) -> out.setBoolean(containsTop(in[0], in[1])));
        define.operator(
                "<@(jsonb, jsonb) bool", (in, out, _) -> out.setBoolean(containsTop(in[1], in[0])));
        define.operator(
                "?(jsonb, text) bool",
                (in, out, _) -> out.setBoolean(hasKey(JsonParser.parse(in[0]), in[1].text())));
        define.operator(
                "?|(jsonb, text[]) bool", (in, out, _) -> out.setBoolean(hasKeys(in, false)));
        define.operator(
                "?&(jsonb, text[]) bool", (in, out, _) -> out.setBoolean(hasKeys(in, true)));
    }

    private static boolean hasKeys(Datum[] in, boolean all) {
        JsonValue value = JsonParser.parse(in[0]);
        for (Datum key : in[1].arrayValue().elements()) {
            if (!key.isNull() && hasKey(value, key.text()) != all) {
                return !all;
            }
        }
        return all;
    }

    private static boolean hasKey(JsonValue value, String key) {
        return switch (value) {
            case JsonObject object -> JsonAccess.member(object, key) != null;
            case JsonArray array ->
                    array.elements().stream()
                            .anyMatch(element ->
                                    element instanceof JsonString string
                                            && string.value().equals(key));
            case JsonString string -> string.value().equals(key);
            case JsonNumber _, JsonBoolean _, JsonNull _ -> false;
        };
    }

    /// At the top an array also contains a scalar that is one of its elements.
    private static boolean containsTop(Datum outer, Datum inner) {
        JsonValue container = JsonParser.parse(outer);
        JsonValue wanted = JsonParser.parse(inner);
        if (container instanceof JsonArray array
                && !(wanted instanceof JsonArray)
                && !(wanted instanceof JsonObject)) {
            return array.elements().stream().anyMatch(element -> equal(element, wanted));
        }
        return contains(container, wanted);
    }

    private static boolean contains(JsonValue outer, JsonValue inner) {
        Cancellation.check();
        return switch (inner) {
            case JsonObject wanted ->
                    outer instanceof JsonObject object
                            && wanted.members().stream()
                                    .allMatch(member -> {
                                        JsonValue found = JsonAccess.member(object, member.key());
                                        return found != null && contains(found, member.value());
                                    });
            case JsonArray wanted ->
                    outer instanceof JsonArray array
                            && wanted.elements().stream()
                                    .allMatch(element ->
                                            array.elements().stream()
                                                    .anyMatch(candidate ->
                                                            contains(candidate, element)));
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> equal(outer, inner);
        };
    }

    /// Equality of scalars.
    private static boolean equal(JsonValue left, JsonValue right) {
        return switch (left) {
            case JsonString a -> right instanceof JsonString b && a.value().equals(b.value());
            case JsonNumber a ->
                    right instanceof JsonNumber b && a.value().compareTo(b.value()) == 0;
            case JsonBoolean a -> right instanceof JsonBoolean b && a.value() == b.value();
            case JsonNull _ -> right instanceof JsonNull;
            case JsonObject _, JsonArray _ -> false;
        };
    }
}
