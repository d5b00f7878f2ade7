package org.cladedb.sql.parser;

import org.cladedb.sql.ast.CursorStatement.Close;
import org.cladedb.sql.ast.CursorStatement.Declare;
import org.cladedb.sql.ast.CursorStatement.Fetch;
import org.cladedb.sql.ast.CursorStatement.FetchDirection;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.words.Keyword;

/// DECLARE, FETCH, MOVE, CLOSE.
final class CursorParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    CursorParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement parse() {
        if (tokens.at(Keyword.DECLARE)) {
            return declare();
        }
        if (tokens.at(Keyword.CLOSE)) {
            int position = tokens.next().start();
            return new Close(
                    tokens.accept(Keyword.ALL) ? null : grammar.names.columnId(), position);
        }
        return fetch();
    }

    Statement declare() {
        int position = tokens.expect(Keyword.DECLARE).start();
        String name = grammar.names.columnId();
        boolean binary = false;
        boolean insensitive = false;
        Boolean scroll = null;
        while (!tokens.accept(Keyword.CURSOR)) {
            if (tokens.accept(Keyword.BINARY)) {
                binary = true;
            } else if (tokens.accept(Keyword.INSENSITIVE)) {
                insensitive = true;
            } else if (tokens.acceptPhrase(Keyword.NO, Keyword.SCROLL)) {
                scroll = false;
            } else if (tokens.accept(Keyword.SCROLL)) {
                scroll = true;
            } else {
                tokens.expect(Keyword.ASENSITIVE);
            }
        }
        boolean hold = tokens.acceptPhrase(Keyword.WITH, Keyword.HOLD);
        if (!hold) {
            tokens.acceptPhrase(Keyword.WITHOUT, Keyword.HOLD);
        }
        tokens.expect(Keyword.FOR);
        return new Declare(
                name, binary, insensitive, scroll, hold, grammar.queries.parse(), position);
    }

    /// How far and which way.
    private record Motion(FetchDirection direction, long count) {}

    private Statement fetch() {
        Token word = tokens.next();
        Motion motion = motion();
        if (!tokens.accept(Keyword.FROM)) {
            tokens.accept(Keyword.IN);
        }
        return new Fetch(
                word.is(Keyword.MOVE),
                motion.direction(),
                motion.count(),
                grammar.names.columnId(),
                word.start());
    }

    private Motion motion() {
        Token token = tokens.peek();
        if (token.is(TokenKind.INTEGER) || token.is("-") || token.is("+")) {
            return new Motion(FetchDirection.FORWARD, number());
        }
        // A cursor may have the name of a direction: nothing follows it then.
        Token next = tokens.peek(1);
        if (token.keyword() == null || next.is(TokenKind.END) || next.is(";")) {
            return new Motion(FetchDirection.FORWARD, 1);
        }
        switch (token.keyword()) {
            case NEXT, PRIOR, FIRST, LAST, ABSOLUTE, RELATIVE, ALL, FORWARD, BACKWARD ->
                    tokens.next();
            default -> {
                return new Motion(FetchDirection.FORWARD, 1);
            }
        }
        return switch (token.keyword()) {
            case PRIOR -> new Motion(FetchDirection.BACKWARD, 1);
            case FIRST -> new Motion(FetchDirection.ABSOLUTE, 1);
            case LAST -> new Motion(FetchDirection.ABSOLUTE, -1);
            case ABSOLUTE -> new Motion(FetchDirection.ABSOLUTE, number());
            case RELATIVE -> new Motion(FetchDirection.RELATIVE, number());
            case ALL -> new Motion(FetchDirection.FORWARD, Long.MAX_VALUE);
            case FORWARD -> new Motion(FetchDirection.FORWARD, optionalCount());
            case BACKWARD -> new Motion(FetchDirection.BACKWARD, optionalCount());
            default -> new Motion(FetchDirection.FORWARD, 1);
        };
    }

    private long optionalCount() {
        if (tokens.accept(Keyword.ALL)) {
            return Long.MAX_VALUE;
        }
        boolean given = tokens.at(TokenKind.INTEGER) || tokens.at("-") || tokens.at("+");
        return given ? number() : 1;
    }

    private long number() {
        boolean negative = tokens.accept("-");
        if (!negative) {
            tokens.accept("+");
        }
        long value = Long.parseLong(tokens.expect(TokenKind.INTEGER).text());
        return negative ? -value : value;
    }
}
