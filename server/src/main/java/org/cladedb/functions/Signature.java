package org.cladedb.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionDefinition.Volatility;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// A function's signature, read from its one-line form in the tables of definitions.
///
/// ```
///   name(type, type = default, variadic type) [setof] result [stable|volatile] [lax]
/// ```
///
/// Types have their `pg_type` names, with `[]` for arrays; `(name type, …)` is a row of a
/// set-returning function. `=` marks a parameter that may be left out. Functions are immutable and
/// strict unless the line says otherwise (`lax`: called also with NULLs).
record Signature(
        String name,
        List<SqlType> arguments,
        int required,
        boolean variadic,
        SqlType result,
        Volatility volatility,
        boolean strict) {
    private static final Map<String, SqlType> TYPES = new HashMap<>();

    static {
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY) {
                SqlType type = SqlType.of(kind);
                TYPES.put(kind.typeName(), type);
                TYPES.put(kind.typeName() + "[]", SqlType.arrayOf(type));
            }
        }
    }

    /// The name with the argument types, as in `abs(int4)`: what OIDs are listed by.
    static String key(String line) {
        return line.substring(0, line.indexOf(')') + 1)
                .replace(" ", "")
                .replace("=", "")
                .replace("variadic", "");
    }

    static Signature parse(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')', open);
        List<SqlType> arguments = new ArrayList<>();
        int required = 0;
        boolean variadic = false;
        String inside = line.substring(open + 1, close).strip();
        for (String part : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
            String text = part.strip();
            if (text.startsWith("variadic ")) {
                variadic = true;
                text = text.substring("variadic ".length());
            }
            if (text.endsWith("=")) {
                text = text.substring(0, text.length() - 1);
            } else {
                required++;
            }
            arguments.add(type(text));
        }
        return withResult(
                line.substring(0, open),
                arguments,
                required,
                variadic,
                line.substring(close + 1).strip());
    }

    private static Signature withResult(
            String name, List<SqlType> arguments, int required, boolean variadic, String tail) {
        String rest = tail.startsWith("setof ") ? tail.substring("setof ".length()) : tail;
        SqlType result;
        if (rest.startsWith("(")) {
            int end = rest.indexOf(')');
            List<SqlType.Field> fields = new ArrayList<>();
            for (String field : rest.substring(1, end).split(",", -1)) {
                String[] words = field.strip().split(" ", -1);
                fields.add(new SqlType.Field(words[0], type(words[1])));
            }
            result = new SqlType.Row(fields);
            rest = rest.substring(end + 1);
        } else {
            int end = rest.indexOf(' ');
            result = type(end < 0 ? rest : rest.substring(0, end));
            rest = end < 0 ? "" : rest.substring(end);
        }
        Volatility volatility = Volatility.IMMUTABLE;
        boolean strict = true;
        for (String word : rest.strip().split(" ", -1)) {
            switch (word) {
                case "" -> {}
                case "stable" -> volatility = Volatility.STABLE;
                case "volatile" -> volatility = Volatility.VOLATILE;
                case "lax" -> strict = false;
                default ->
                        throw new IllegalArgumentException(
                                "unknown word " + word + " in the signature of " + name);
            }
        }
        return new Signature(name, arguments, required, variadic, result, volatility, strict);
    }

    private static SqlType type(String name) {
        SqlType type = TYPES.get(name);
        if (type == null) {
            throw new IllegalArgumentException("unknown type " + name + " in a signature");
        }
        return type;
    }
}
