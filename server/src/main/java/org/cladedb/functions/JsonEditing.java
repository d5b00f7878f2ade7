package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonParser;
import org.cladedb.types.JsonValue;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;
import org.cladedb.types.JsonValue.Member;
import org.cladedb.types.JsonbText;
import org.jspecify.annotations.Nullable;

/// Changes of jsonb: `||`, `-`, `#-`, `jsonb_set`, `jsonb_insert`, and stripping of nulls.
final class JsonEditing {
    private JsonEditing() {}

    static void define(Definitions define) {
        define.operator("||(jsonb, jsonb) jsonb", (in, out, _) -> concatenate(in, out));
        define.operator(
                "-(jsonb, text) jsonb", (in, out, _) -> remove(in[0], new Datum[] {in[1]}, out));
        define.operator("-(jsonb, text[]) jsonb", (in, out, _) -> remove(in[0], steps(in[1]), out));
        define.operator("-(jsonb, int4) jsonb", (in, out, _) -> removeElement(in, out));
        define.operator(
                "#-(jsonb, text[]) jsonb",
                (in, out, _) -> {
                    Datum[] path = steps(in[1]);
                    JsonValue target = requireContainer(in[0], "cannot delete path in scalar");
                    if (isEmpty(target)) {
                        out.copyFrom(in[0]);
                        return;
                    }
                    write(edit(target, path, 0, null, Edit.DELETE), out);
                });
        define.function(
                "jsonb_set(jsonb, text[], jsonb, bool=) jsonb",
                (in, out, _) -> {
                    boolean create = in.length < 4 || in[3].booleanValue();
                    set(in, create ? Edit.SET : Edit.REPLACE, out);
                });
        define.function(
                "jsonb_insert(jsonb, text[], jsonb, bool=) jsonb",
                (in, out, _) -> {
                    boolean after = in.length > 3 && in[3].booleanValue();
                    set(in, after ? Edit.INSERT_AFTER : Edit.INSERT_BEFORE, out);
                });
        define.function(
                "jsonb_strip_nulls(jsonb) jsonb",
                (in, out, _) -> write(strip(JsonParser.parse(in[0])), out));
        define.function(
                "json_strip_nulls(json) json",
                (in, out, _) -> {
                    ByteWriter text = new ByteWriter();
                    writeStripped(JsonParser.parse(in[0]), in[0].bytes(), text);
                    out.setBytes(text.array(), 0, text.size());
                });
        define.function(
                "jsonb_pretty(jsonb) text",
                (in, out, _) -> {
                    ByteWriter text = new ByteWriter();
                    JsonbText.appendPretty(JsonParser.parse(in[0]), 0, text);
                    out.setBytes(text.array(), 0, text.size());
                });
    }

    private enum Edit {
        SET,
        REPLACE,
        INSERT_BEFORE,
        INSERT_AFTER,
        DELETE
    }

    /// Target, path and new value are the first three arguments.
    private static void set(Datum[] in, Edit how, Datum out) {
        Datum[] path = steps(in[1]);
        JsonValue target = requireContainer(in[0], "cannot set path in scalar");
        if (how == Edit.REPLACE && isEmpty(target)) {
            out.copyFrom(in[0]);
            return;
        }
        write(edit(target, path, 0, JsonParser.parse(in[2]), how), out);
    }

    private static void write(JsonValue value, Datum out) {
        ByteWriter text = new ByteWriter();
        JsonbText.append(value, text);
        out.setBytes(text.array(), 0, text.size());
    }

    /// The keys of a list of them.
    private static Datum[] steps(Datum keys) {
        if (keys.arrayValue().dimensions().size() > 1) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        return JsonAccess.steps(keys);
    }

    private static boolean isScalar(JsonValue value) {
        return switch (value) {
            case JsonObject _, JsonArray _ -> false;
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> true;
        };
    }

    private static boolean isEmpty(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.members().isEmpty();
            case JsonArray array -> array.elements().isEmpty();
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> false;
        };
    }

    private static JsonValue requireContainer(Datum value, String message) {
        JsonValue parsed = JsonParser.parse(value);
        if (isScalar(parsed)) {
            throw Failures.invalidParameter(message);
        }
        return parsed;
    }

    private static JsonArray arrayOf(List<JsonValue> elements) {
        return new JsonArray(elements, 0, 0);
    }

    private static void concatenate(Datum[] in, Datum out) {
        JsonValue left = JsonParser.parse(in[0]);
        JsonValue right = JsonParser.parse(in[1]);
        if (left instanceof JsonObject a && right instanceof JsonObject b) {
            List<Member> members = new ArrayList<>(a.members());
            members.addAll(b.members());
            write(new JsonObject(members, 0, 0), out);
            return;
        }
        List<JsonValue> elements = new ArrayList<>(asElements(left));
        elements.addAll(asElements(right));
        write(arrayOf(elements), out);
    }

    private static List<JsonValue> asElements(JsonValue value) {
        return value instanceof JsonArray array ? array.elements() : List.of(value);
    }

    private static void remove(Datum source, Datum[] keys, Datum out) {
        JsonValue value = requireContainer(source, "cannot delete from scalar");
        List<String> names = new ArrayList<>();
        for (Datum key : keys) {
            if (!key.isNull()) {
                names.add(key.text());
            }
        }
        JsonValue result =
                value instanceof JsonObject object
                        ? new JsonObject(
                                object.members().stream()
                                        .filter(member -> !names.contains(member.key()))
                                        .toList(),
                                0,
                                0)
                        : arrayOf(
                                asElements(value).stream()
                                        .filter(element ->
                                                !(element instanceof JsonString string
                                                        && names.contains(string.value())))
                                        .toList());
        write(result, out);
    }

    private static void removeElement(Datum[] in, Datum out) {
        JsonValue value = requireContainer(in[0], "cannot delete from scalar");
        if (!(value instanceof JsonArray array)) {
            throw Failures.invalidParameter("cannot delete from object using integer index");
        }
        long index = in[1].longValue();
        long position = index < 0 ? array.elements().size() + index : index;
        List<JsonValue> elements = new ArrayList<>(array.elements());
        if (position >= 0 && position < elements.size()) {
            elements.remove((int) position);
        }
        write(arrayOf(elements), out);
    }

    private static JsonValue edit(
            JsonValue target, Datum[] path, int depth, @Nullable JsonValue value, Edit edit) {
        if (depth == path.length) {
            return target;
        }
        if (path[depth].isNull()) {
            throw new DatabaseException(
                    SqlState.NULL_VALUE_NOT_ALLOWED,
                    "path element at position " + (depth + 1) + " is null");
        }
        return switch (target) {
            case JsonObject object -> editObject(object, path, depth, value, edit);
            case JsonArray array -> editArray(array, path, depth, value, edit);
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> target;
        };
    }

    private static JsonValue editObject(
            JsonObject object, Datum[] path, int depth, @Nullable JsonValue value, Edit edit) {
        String key = path[depth].text();
        boolean last = depth == path.length - 1;
        boolean found = false;
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            Cancellation.check();
            if (!member.key().equals(key)) {
                members.add(member);
                continue;
            }
            found = true;
            if (!last) {
                members.add(new Member(key, edit(member.value(), path, depth + 1, value, edit)));
            } else if (edit == Edit.INSERT_BEFORE || edit == Edit.INSERT_AFTER) {
                throw Failures.invalidParameter("cannot replace existing key")
                        .withHint("Try using the function jsonb_set to replace key value.");
            } else if (edit != Edit.DELETE && value != null) {
                members.add(new Member(key, value));
            }
        }
        if (!found && last && value != null && edit != Edit.REPLACE) {
            members.add(new Member(key, value));
        }
        return new JsonObject(members, 0, 0);
    }

    private static JsonValue editArray(
            JsonArray array, Datum[] path, int depth, @Nullable JsonValue value, Edit edit) {
        Integer index = JsonAccess.index(path[depth].text());
        if (index == null) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    "path element at position "
                            + (depth + 1)
                            + " is not an integer: \""
                            + path[depth].text()
                            + "\"");
        }
        List<JsonValue> elements = new ArrayList<>(array.elements());
        int size = elements.size();
        int position = index < 0 ? size + index : index;
        boolean inside = position >= 0 && position < size;
        if (depth < path.length - 1) {
            if (inside) {
                elements.set(position, edit(elements.get(position), path, depth + 1, value, edit));
            }
            return arrayOf(elements);
        }
        if (value == null) {
            if (inside) {
                elements.remove(position);
            }
        } else if (!inside) {
            if (edit != Edit.REPLACE) {
                elements.add(position < 0 ? 0 : size, value);
            }
        } else {
            switch (edit) {
                case SET, REPLACE -> elements.set(position, value);
                case INSERT_BEFORE -> elements.add(position, value);
                case INSERT_AFTER -> elements.add(position + 1, value);
                case DELETE -> elements.remove(position);
            }
        }
        return arrayOf(elements);
    }

    private static JsonValue strip(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                    new JsonObject(
                            object.members().stream()
                                    .filter(member -> !(member.value() instanceof JsonNull))
                                    .map(member -> new Member(member.key(), strip(member.value())))
                                    .toList(),
                            0,
                            0);
            case JsonArray array ->
                    arrayOf(array.elements().stream().map(JsonEditing::strip).toList());
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> value;
        };
    }

    /// json has no canonical form: blanks go, scalars stay as written.
    private static void writeStripped(JsonValue value, byte[] source, ByteWriter out) {
        switch (value) {
            case JsonObject object -> {
                out.writeByte('{');
                boolean first = true;
                for (Member member : object.members()) {
                    Cancellation.check();
                    if (member.value() instanceof JsonNull) {
                        continue;
                    }
                    out.writeUtf8(first ? "" : ",");
                    first = false;
                    JsonbText.appendString(member.key(), out);
                    out.writeByte(':');
                    writeStripped(member.value(), source, out);
                }
                out.writeByte('}');
            }
            case JsonArray array -> {
                out.writeByte('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    Cancellation.check();
                    out.writeUtf8(i == 0 ? "" : ",");
                    writeStripped(array.elements().get(i), source, out);
                }
                out.writeByte(']');
            }
            case JsonString string -> JsonbText.appendString(string.value(), out);
            case JsonNumber _, JsonBoolean _, JsonNull _ ->
                    out.writeBytes(source, value.start(), value.end() - value.start());
        }
    }
}
