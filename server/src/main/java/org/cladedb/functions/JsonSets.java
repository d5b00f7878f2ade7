package org.cladedb.functions;

import java.util.Iterator;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonParser;
import org.cladedb.types.JsonValue;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.ValueForm;

/// The elements, members and keys of json and jsonb as rows.
final class JsonSets {
    private JsonSets() {}

    static void define(Definitions define) {
        for (String type : new String[] {"json", "jsonb"}) {
            boolean binary = type.equals("jsonb");
            define.set(
                    type + "_array_elements(" + type + ") setof " + type,
                    (_, _) -> elements(type + "_array_elements", binary, false));
            define.set(
                    type + "_array_elements_text(" + type + ") setof text",
                    (_, _) -> elements(type + "_array_elements_text", binary, true));
            define.set(
                    type + "_each(" + type + ") setof (key text, value " + type + ")",
                    (_, _) -> members(type + "_each", binary, false));
            define.set(
                    type + "_each_text(" + type + ") setof (key text, value text)",
                    (_, _) -> members(type + "_each_text", binary, true));
            define.set(
                    type + "_object_keys(" + type + ") setof text",
                    (_, _) -> keys(type + "_object_keys"));
        }
    }

    private static SetFunction elements(String name, boolean binary, boolean asText) {
        return (in, _) -> {
            Datum source = in[0].freeze(ValueForm.BYTES);
            if (!(JsonParser.parse(source) instanceof JsonArray array)) {
                boolean object = JsonParser.parse(source) instanceof JsonObject;
                throw Failures.invalidParameter(
                        binary
                                ? "cannot extract elements from "
                                        + (object ? "an object" : "a scalar")
                                : "cannot call "
                                        + name
                                        + " on a "
                                        + (object ? "non-array" : "scalar"));
            }
            Iterator<JsonValue> elements = array.elements().iterator();
            return out -> {
                if (!elements.hasNext()) {
                    return false;
                }
                write(elements.next(), source, asText, out[0]);
                return true;
            };
        };
    }

    private static void write(JsonValue value, Datum source, boolean asText, Datum out) {
        if (asText) {
            JsonAccess.setText(value, source, out);
        } else {
            JsonAccess.set(value, source, out);
        }
    }

    private static SetFunction members(String name, boolean binary, boolean asText) {
        return (in, _) -> {
            Datum source = in[0].freeze(ValueForm.BYTES);
            if (!(JsonParser.parse(source) instanceof JsonObject object)) {
                boolean array = JsonParser.parse(source) instanceof JsonArray;
                throw Failures.invalidParameter(
                        binary
                                ? "cannot call " + name + " on a non-object"
                                : array
                                        ? "cannot deconstruct an array as an object"
                                        : "cannot deconstruct a scalar");
            }
            Iterator<JsonValue.Member> members = object.members().iterator();
            return out -> {
                if (!members.hasNext()) {
                    return false;
                }
                JsonValue.Member member = members.next();
                out[0].setText(member.key());
                write(member.value(), source, asText, out[1]);
                return true;
            };
        };
    }

    private static SetFunction keys(String name) {
        return (in, _) -> {
            JsonValue value = JsonParser.parse(in[0]);
            if (!(value instanceof JsonObject object)) {
                throw Failures.invalidParameter(
                        "cannot call "
                                + name
                                + " on "
                                + (value instanceof JsonArray ? "an array" : "a scalar"));
            }
            List<JsonValue.Member> members = object.members();
            int[] next = {0};
            return out -> {
                if (next[0] == members.size()) {
                    return false;
                }
                out[0].setText(members.get(next[0]++).key());
                return true;
            };
        };
    }
}
