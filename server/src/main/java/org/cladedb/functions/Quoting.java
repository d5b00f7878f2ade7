package org.cladedb.functions;

import org.cladedb.common.Cancellation;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.Datum;

/// Quotes identifiers and literals for use in SQL text.
final class Quoting {
    private Quoting() {}

    static void define(Definitions define) {
        define.function(
                "quote_ident(text) text",
                (in, out, _) -> out.setText(SqlText.identifier(in[0].text())));
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

    /// Backslashes make it an escape string, so that it reads the same under any setting.
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('\'');
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            Cancellation.check(i + 1L);
            char character = text.charAt(i);
            if (character == '\'' || character == '\\') {
                quoted.append(character);
                escaped |= character == '\\';
            }
            quoted.append(character);
        }
        return (escaped ? "E" : "") + quoted.append('\'');
    }
}
