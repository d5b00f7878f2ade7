package org.cladedb.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;
import org.cladedb.types.JsonValue.Member;

/// Reads JSON text into a tree. The text has been validated: values of type json and jsonb are.
public final class JsonParser {
    private final byte[] source;
    private final JsonLexer lexer;
    private long turn;

    private JsonParser(byte[] source, int offset, int length) {
        this.source = source;
        lexer = new JsonLexer(source, offset, length);
    }

    /// Positions in the result are those in `source`.
    public static JsonValue parse(byte[] source, int offset, int length) {
        JsonParser parser = new JsonParser(source, offset, length);
        parser.lexer.next();
        return parser.value();
    }

    public static JsonValue parse(Datum value) {
        return parse(value.bytes(), value.offset(), value.length());
    }

    /// The value that starts with the current token; moves past it.
    private JsonValue value() {
        Cancellation.check(turn++);
        int start = lexer.tokenStart();
        JsonLexer.Token token = lexer.token();
        if (token == JsonLexer.Token.OBJECT_START) {
            return object(start);
        }
        if (token == JsonLexer.Token.ARRAY_START) {
            return array(start);
        }
        int end = lexer.tokenEnd();
        lexer.next();
        return switch (token) {
            case STRING -> new JsonString(text(start + 1, end - 1), start, end);
            case NUMBER -> new JsonNumber(number(start, end), start, end);
            case TRUE -> new JsonBoolean(true, start, end);
            case FALSE -> new JsonBoolean(false, start, end);
            case NULL -> new JsonNull(start, end);
            case OBJECT_START, OBJECT_END, ARRAY_START, ARRAY_END, COMMA, COLON, END ->
                    throw new IllegalStateException("not JSON");
        };
    }

    private JsonObject object(int start) {
        List<Member> members = new ArrayList<>();
        lexer.next();
        while (lexer.token() != JsonLexer.Token.OBJECT_END) {
            String key = text(lexer.tokenStart() + 1, lexer.tokenEnd() - 1);
            lexer.next();
            lexer.next();
            members.add(new Member(key, value()));
            if (lexer.token() == JsonLexer.Token.COMMA) {
                lexer.next();
            }
        }
        int end = lexer.tokenEnd();
        lexer.next();
        return new JsonObject(members, start, end);
    }

    private JsonArray array(int start) {
        List<JsonValue> elements = new ArrayList<>();
        lexer.next();
        while (lexer.token() != JsonLexer.Token.ARRAY_END) {
            elements.add(value());
            if (lexer.token() == JsonLexer.Token.COMMA) {
                lexer.next();
            }
        }
        int end = lexer.tokenEnd();
        lexer.next();
        return new JsonArray(elements, start, end);
    }

    private BigDecimal number(int start, int end) {
        String text = new String(source, start, end - start, StandardCharsets.US_ASCII);
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException exception) {
            throw NumericCodec.overflow();
        }
        NumericCodec.requireInRange(number);
        return number.scale() < 0
                ? LargeDecimals.withScale(number, 0, RoundingMode.UNNECESSARY)
                : number;
    }

    /// The text between two quotes.
    private String text(int start, int end) {
        byte[] bytes = JsonStrings.unescape(source, start, end, lexer);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
