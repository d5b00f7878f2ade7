package org.cladedb.types;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.JsonValue.JsonArray;
import org.cladedb.types.JsonValue.JsonBoolean;
import org.cladedb.types.JsonValue.JsonNull;
import org.cladedb.types.JsonValue.JsonNumber;
import org.cladedb.types.JsonValue.JsonObject;
import org.cladedb.types.JsonValue.JsonString;
import org.cladedb.types.JsonValue.Member;

/// Reads JSON text into a tree. The text has been validated: values of type json and jsonb are.
public final class JsonParser {
    private static final int EXPONENT_MAX = 131_072;

    private final byte[] source;
    private final JsonLexer lexer;

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
            case STRING -> new JsonString(unescape(start + 1, end - 1), start, end);
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
            String key = unescape(lexer.tokenStart() + 1, lexer.tokenEnd() - 1);
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
            throw overflow();
        }
        long weight = (long) number.precision() - number.scale();
        if (number.signum() == 0
                ? Math.abs((long) number.scale()) > EXPONENT_MAX
                : weight > EXPONENT_MAX || number.scale() > EXPONENT_MAX) {
            throw overflow();
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static DatabaseException overflow() {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    private String unescape(int start, int end) {
        String text = new String(source, start, end - start, StandardCharsets.UTF_8);
        int slash = text.indexOf('\\');
        if (slash < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (slash >= 0) {
            out.append(text, copied, slash);
            char escaped = text.charAt(slash + 1);
            copied = slash + 2;
            switch (escaped) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append(unit(text, slash + 2));
                    copied += 4;
                }
                default -> out.append(escaped);
            }
            slash = text.indexOf('\\', copied);
        }
        return withPairs(out.append(text, copied, text.length()).toString());
    }

    /// The text, if every half of a surrogate pair has its other half.
    private static String withPairs(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            boolean hasNext = i + 1 < text.length();
            if (Character.isHighSurrogate(unit)
                    && hasNext
                    && Character.isHighSurrogate(text.charAt(i + 1))) {
                throw pairError("Unicode high surrogate must not follow a high surrogate.");
            }
            if (Character.isLowSurrogate(unit)
                    || !hasNext
                    || !Character.isLowSurrogate(text.charAt(i + 1))) {
                throw pairError("Unicode low surrogate must follow a high surrogate.");
            }
            i++;
        }
        return text;
    }

    private static DatabaseException pairError(String detail) {
        return new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json")
                .withDetail(detail);
    }

    private static char unit(String text, int at) {
        char unit = (char) Integer.parseInt(text, at, at + 4, 16);
        if (unit == 0) {
            throw new DatabaseException(
                            SqlState.UNTRANSLATABLE_CHARACTER,
                            "unsupported Unicode escape sequence")
                    .withDetail("\\u0000 cannot be converted to text.");
        }
        return unit;
    }
}
