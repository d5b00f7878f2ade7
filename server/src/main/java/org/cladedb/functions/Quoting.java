package org.cladedb.functions;

import java.util.Set;
import org.cladedb.types.Datum;

/// Quotes identifiers and literals for use in SQL text.
final class Quoting {
    /// The key words that an identifier must be quoted to be: all but the unreserved ones.
    private static final Set<String> RESERVED = SqlKeywords.needingQuotes();

    private Quoting() {}

    static void define(Definitions define) {
        define.function(
                "quote_ident(text) text", (in, out, _) -> out.setText(identifier(in[0].text())));
        define.function(
                "quote_literal(text) text", (in, out, _) -> out.setText(literal(in[0].text())));
        define.bound(
                "quote_literal(anyelement) text stable",
                (types, _) -> {
                    ScalarFunction writer = TextConversions.writer(types.getFirst());
                    Datum text = new Datum();
                    return (in, out, context) -> {
                        writer.apply(in, text, context);
                        out.setText(literal(text.text()));
                    };
                });
        define.function(
                "quote_nullable(text) text lax",
                (in, out, _) -> out.setText(in[0].isNull() ? "NULL" : literal(in[0].text())));
        define.bound(
                "quote_nullable(anyelement) text stable lax",
                (types, _) -> {
                    ScalarFunction writer = TextConversions.writer(types.getFirst());
                    Datum text = new Datum();
                    return (in, out, context) -> {
                        if (in[0].isNull()) {
                            out.setText("NULL");
                        } else {
                            writer.apply(in, text, context);
                            out.setText(literal(text.text()));
                        }
                    };
                });
    }

    static String identifier(String name) {
        boolean plain =
                !name.isEmpty()
                        && !Character.isDigit(name.charAt(0))
                        && name.charAt(0) != '$'
                        && name.chars()
                                .allMatch(c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= '0' && c <= '9')
                                                || c == '_')
                        && !RESERVED.contains(name);
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// Backslashes make it an escape string, so that it reads the same under any setting.
    static String literal(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.contains("\\") ? "E" + quoted : quoted;
    }
}
