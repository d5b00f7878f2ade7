package org.cladedb.sql.parser;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// The options of sequences and identity columns.
final class SequenceParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    SequenceParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<SequenceOption> options() {
        List<SequenceOption> options = new ArrayList<>();
        while (true) {
            SequenceOption option = option();
            if (option == null) {
                return options;
            }
            options.add(option);
        }
    }

    List<SequenceOption> optionalParenthesizedOptions() {
        if (!tokens.accept("(")) {
            return List.of();
        }
        List<SequenceOption> options = options();
        if (options.isEmpty()) {
            throw tokens.syntaxError();
        }
        tokens.expect(")");
        return options;
    }

    /// The option that follows, or null if none does.
    @Nullable SequenceOption option() {
        Token token = tokens.peek();
        int position = token.start();
        if (token.keyword() == null) {
            return null;
        }
        switch (token.keyword()) {
            case AS,
                    INCREMENT,
                    MINVALUE,
                    MAXVALUE,
                    START,
                    RESTART,
                    CACHE,
                    CYCLE,
                    NO,
                    OWNED,
                    SEQUENCE,
                    LOGGED,
                    UNLOGGED ->
                    tokens.next();
            default -> {
                return null;
            }
        }
        return switch (token.keyword()) {
            case AS -> new SequenceOption.DataType(grammar.types.parse(), position);
            case INCREMENT -> {
                tokens.accept(Keyword.BY);
                yield new SequenceOption.IncrementBy(number(), position);
            }
            case MINVALUE -> new SequenceOption.MinValue(number(), position);
            case MAXVALUE -> new SequenceOption.MaxValue(number(), position);
            case START -> {
                tokens.accept(Keyword.WITH);
                yield new SequenceOption.StartWith(number(), position);
            }
            case RESTART -> new SequenceOption.Restart(restartNumber(), position);
            case CACHE -> new SequenceOption.Cache(number(), position);
            case CYCLE -> new SequenceOption.Cycle(true, position);
            case NO -> no(position);
            case OWNED -> {
                tokens.expect(Keyword.BY);
                yield new SequenceOption.OwnedBy(
                        tokens.accept(Keyword.NONE) ? null : grammar.names.qualifiedName(),
                        position);
            }
            case SEQUENCE -> {
                tokens.expect(Keyword.NAME);
                yield new SequenceOption.SequenceName(grammar.names.qualifiedName(), position);
            }
            case LOGGED, UNLOGGED -> new SequenceOption.Logged(token.is(Keyword.LOGGED), position);
            case null, default -> throw tokens.syntaxError(token);
        };
    }

    private SequenceOption no(int position) {
        if (tokens.accept(Keyword.MINVALUE)) {
            return new SequenceOption.MinValue(null, position);
        }
        if (tokens.accept(Keyword.MAXVALUE)) {
            return new SequenceOption.MaxValue(null, position);
        }
        tokens.expect(Keyword.CYCLE);
        return new SequenceOption.Cycle(false, position);
    }

    private @Nullable BigInteger restartNumber() {
        boolean given =
                tokens.accept(Keyword.WITH)
                        || tokens.at(TokenKind.INTEGER)
                        || tokens.at(TokenKind.DECIMAL)
                        || tokens.at("+")
                        || tokens.at("-");
        return given ? number() : null;
    }

    private BigInteger number() {
        boolean negative = tokens.accept("-");
        if (!negative) {
            tokens.accept("+");
        }
        Token token = tokens.peek();
        if (!token.is(TokenKind.INTEGER) && !token.is(TokenKind.DECIMAL)) {
            throw tokens.syntaxError();
        }
        tokens.next();
        if (token.text().chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new DatabaseException(
                            SqlState.INVALID_TEXT_REPRESENTATION,
                            "invalid input syntax for type bigint: \"" + token.text() + "\"")
                    .at(token.start());
        }
        BigInteger value = new BigInteger(token.text());
        return negative ? value.negate() : value;
    }
}
