package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;

/// Order and hash of jsonb: objects above arrays above booleans above numbers above strings above
/// null; more members or elements above fewer; an empty array at the top below everything.
final class JsonbComparison {
    private JsonbComparison() {}

    static int compare(Datum left, Datum right) {
        JsonValue a = JsonParser.parse(left);
        JsonValue b = JsonParser.parse(right);
        boolean emptyA = isEmptyArray(a);
        boolean emptyB = isEmptyArray(b);
        return emptyA || emptyB ? Boolean.compare(emptyB, emptyA) : compare(a, b);
    }

    private static boolean isEmptyArray(JsonValue value) {
        return value instanceof JsonArray array && array.elements().isEmpty();
    }

    private static int rank(JsonValue value) {
        return switch (value) {
            case JsonNull _ -> 0;
            case JsonString _ -> 1;
            case JsonNumber _ -> 2;
            case JsonBoolean _ -> 3;
            case JsonArray _ -> 4;
            case JsonObject _ -> 5;
        };
    }

    private static int compare(JsonValue a, JsonValue b) {
        return switch (a) {
            case JsonObject left when b instanceof JsonObject right -> compareObjects(left, right);
            case JsonArray left when b instanceof JsonArray right -> compareArrays(left, right);
            case JsonString left when b instanceof JsonString right ->
                    compareText(left.value(), right.value());
            case JsonNumber left when b instanceof JsonNumber right ->
                    left.value().compareTo(right.value());
            case JsonBoolean left when b instanceof JsonBoolean right ->
                    Boolean.compare(left.value(), right.value());
            default -> Integer.compare(rank(a), rank(b));
        };
    }

    private static int compareText(String left, String right) {
        return Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static int compareArrays(JsonArray left, JsonArray right) {
        int order = Integer.compare(left.elements().size(), right.elements().size());
        for (int i = 0; order == 0 && i < left.elements().size(); i++) {
            Cancellation.check();
            order = compare(left.elements().get(i), right.elements().get(i));
        }
        return order;
    }

    private static int compareObjects(JsonObject left, JsonObject right) {
        List<JsonValue.Member> a = JsonbText.members(left);
        List<JsonValue.Member> b = JsonbText.members(right);
        int order = Integer.compare(a.size(), b.size());
        for (int i = 0; order == 0 && i < a.size(); i++) {
            Cancellation.check();
            order = compareText(a.get(i).key(), b.get(i).key());
            if (order == 0) {
                order = compare(a.get(i).value(), b.get(i).value());
            }
        }
        return order;
    }

    static int hash(Datum value) {
        return hash(JsonParser.parse(value));
    }

    private static int hash(JsonValue value) {
        return switch (value) {
            case JsonNull _ -> 17;
            case JsonString string -> string.value().hashCode();
            case JsonNumber number ->
                    number.value().signum() == 0
                            ? 0
                            : number.value().stripTrailingZeros().hashCode();
            case JsonBoolean truth -> Boolean.hashCode(truth.value());
            case JsonArray array -> {
                int hash = 1;
                for (JsonValue element : array.elements()) {
                    Cancellation.check();
                    hash = DatumHasher.combine(hash, hash(element));
                }
                yield hash;
            }
            case JsonObject object -> {
                int hash = 7;
                for (JsonValue.Member member : JsonbText.members(object)) {
                    Cancellation.check();
                    hash = DatumHasher.combine(hash, member.key().hashCode());
                    hash = DatumHasher.combine(hash, hash(member.value()));
                }
                yield hash;
            }
        };
    }
}
