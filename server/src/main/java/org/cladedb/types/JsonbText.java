package org.cladedb.types;

import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Brings JSON into the one form in which jsonb prints: a blank after commas and colons, keys by
/// length and then by bytes, of equal keys the last one, numbers as numeric prints them, characters
/// unescaped where they can be.
final class JsonbText {
    /// The parser recurses once a level.
    private static final int DEPTH_MAX = 2000;

    private static final Comparator<byte[]> KEY_ORDER =
            Comparator.<byte[]>comparingInt(key -> key.length)
                    .thenComparing(Arrays::compareUnsigned);

    private final byte[] source;
    private final JsonLexer lexer;

    private JsonbText(byte[] source, int offset, int length) {
        this.source = source;
        lexer = new JsonLexer(source, offset, length);
    }

    /// The canonical form of text that [JsonValidator] has accepted.
    static byte[] canonical(byte[] source, int offset, int length) {
        JsonbText text = new JsonbText(source, offset, length);
        ByteWriter out = new ByteWriter(length + 16);
        text.lexer.next();
        text.value(out, 0);
        return out.toByteArray();
    }

    /// Copies the value at the current token, and moves behind it.
    private void value(ByteWriter out, int depth) {
        if (depth > DEPTH_MAX) {
            throw new DatabaseException(
                    SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
        }
        switch (lexer.token()) {
            case OBJECT_START -> object(out, depth);
            case ARRAY_START -> array(out, depth);
            case STRING -> {
                byte[] text = string();
                JsonEscaper.appendQuoted(out, text, 0, text.length);
            }
            case NUMBER -> number(out);
            case TRUE, FALSE, NULL -> {
                out.writeBytes(source, lexer.tokenStart(), lexer.tokenEnd() - lexer.tokenStart());
                lexer.next();
            }
            case OBJECT_END, ARRAY_END, COMMA, COLON, END ->
                    throw new IllegalStateException("the text has been validated");
        }
    }

    private void number(ByteWriter out) {
        Datum number = new Datum();
        int start = lexer.tokenStart();
        TypeCodec numeric = Codecs.of(SqlType.NUMERIC);
        numeric.readText(source, start, lexer.tokenEnd() - start, TypeContext.DEFAULT, number);
        numeric.writeText(number, TypeContext.DEFAULT, out);
        lexer.next();
    }

    private void array(ByteWriter out, int depth) {
        out.writeByte('[');
        boolean first = true;
        while (lexer.next() != JsonLexer.Token.ARRAY_END) {
            if (!first) {
                out.writeByte(',');
                out.writeByte(' ');
            }
            first = false;
            value(out, depth + 1);
            if (lexer.token() == JsonLexer.Token.ARRAY_END) {
                break;
            }
        }
        out.writeByte(']');
        lexer.next();
    }

    private record Member(byte[] key, byte[] value) {}

    private void object(ByteWriter out, int depth) {
        List<Member> members = new ArrayList<>();
        ByteWriter scratch = new ByteWriter();
        while (lexer.next() != JsonLexer.Token.OBJECT_END) {
            byte[] key = string();
            // The colon; then the value.
            lexer.next();
            scratch.clear();
            value(scratch, depth + 1);
            members.add(new Member(key, scratch.toByteArray()));
            if (lexer.token() == JsonLexer.Token.OBJECT_END) {
                break;
            }
        }
        lexer.next();
        // The sort is stable: of equal keys the last one stays last.
        members.sort(Comparator.comparing(Member::key, KEY_ORDER));
        write(members, out);
    }

    private static void write(List<Member> members, ByteWriter out) {
        out.writeByte('{');
        boolean first = true;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (i + 1 < members.size() && Arrays.equals(member.key, members.get(i + 1).key)) {
                continue;
            }
            if (!first) {
                out.writeByte(',');
                out.writeByte(' ');
            }
            first = false;
            JsonEscaper.appendQuoted(out, member.key, 0, member.key.length);
            out.writeByte(':');
            out.writeByte(' ');
            out.writeBytes(member.value);
        }
        out.writeByte('}');
    }

    /// The characters of the string token, without escapes; moves behind it.
    private byte[] string() {
        int start = lexer.tokenStart() + 1;
        int end = lexer.tokenEnd() - 1;
        byte[] text = JsonStrings.unescape(source, start, end, lexer);
        lexer.next();
        return text;
    }
}
