package org.cladedb.types;

import java.util.BitSet;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Checks that text is JSON (22P02, with PostgreSQL's details), without recursion.
public final class JsonValidator {
    /// Whatever reads JSON later may recurse, so nesting is bounded.
    static final int DEPTH_MAX = 6000;

    private final JsonLexer lexer;

    /// By depth: whether the open container is an object.
    private final BitSet objects = new BitSet();

    private int depth;

    private JsonValidator(JsonLexer lexer) {
        this.lexer = lexer;
    }

    /// Throws unless the bytes, which are UTF-8, are one JSON value.
    public static void check(byte[] source, int offset, int length) {
        new JsonValidator(new JsonLexer(source, offset, length)).run();
    }

    private void run() {
        lexer.next();
        while (true) {
            boolean opened = value();
            if (opened) {
                continue;
            }
            if (!closeAll()) {
                break;
            }
        }
        if (lexer.token() != JsonLexer.Token.END) {
            throw lexer.unexpected("end of input");
        }
    }

    /// Reads a scalar, an empty container, or the start of a container up to its first value; true
    /// in the last case.
    private boolean value() {
        switch (lexer.token()) {
            case STRING, NUMBER, TRUE, FALSE, NULL -> lexer.next();
            case OBJECT_START -> {
                if (lexer.next() != JsonLexer.Token.OBJECT_END) {
                    open(true);
                    memberName("string or \"}\"");
                    return true;
                }
                lexer.next();
            }
            case ARRAY_START -> {
                if (lexer.next() != JsonLexer.Token.ARRAY_END) {
                    open(false);
                    return true;
                }
                lexer.next();
            }
            case OBJECT_END, ARRAY_END, COMMA, COLON, END -> throw lexer.unexpected("JSON value");
        }
        return false;
    }

    private void open(boolean object) {
        if (depth == DEPTH_MAX) {
            throw new DatabaseException(
                    SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
        }
        objects.set(depth++, object);
    }

    /// After a value: closes what ends here; true when another value follows.
    private boolean closeAll() {
        while (depth > 0) {
            boolean object = objects.get(depth - 1);
            if (lexer.token() == JsonLexer.Token.COMMA) {
                lexer.next();
                if (object) {
                    memberName("string");
                }
                return true;
            }
            if (lexer.token()
                    != (object ? JsonLexer.Token.OBJECT_END : JsonLexer.Token.ARRAY_END)) {
                throw lexer.unexpected(object ? "\",\" or \"}\"" : "\",\" or \"]\"");
            }
            lexer.next();
            depth--;
        }
        return false;
    }

    private void memberName(String expected) {
        if (lexer.token() != JsonLexer.Token.STRING) {
            throw lexer.unexpected(expected);
        }
        if (lexer.next() != JsonLexer.Token.COLON) {
            throw lexer.unexpected("\":\"");
        }
        lexer.next();
    }
}
