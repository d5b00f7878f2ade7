package org.cladedb.types;

import java.math.BigDecimal;
import java.util.List;

/// A piece of JSON and where it stands in its text: bytes `start` to `end`, exclusively.
public sealed interface JsonValue {
    int start();

    int end();

    /// @param members in the order of the text, duplicates included
    record JsonObject(List<Member> members, int start, int end) implements JsonValue {
        public JsonObject {
            members = List.copyOf(members);
        }
    }

    /// @param key without quotes and escapes
    record Member(String key, JsonValue value) {}

    record JsonArray(List<JsonValue> elements, int start, int end) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /// @param value without quotes and escapes
    record JsonString(String value, int start, int end) implements JsonValue {}

    record JsonNumber(BigDecimal value, int start, int end) implements JsonValue {}

    record JsonBoolean(boolean value, int start, int end) implements JsonValue {}

    record JsonNull(int start, int end) implements JsonValue {}
}
