package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.words.Keyword;

/// Lists of options: `WITH (fillfactor = 70)`, `EXPLAIN (ANALYZE, FORMAT json)`.
final class OptionParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    OptionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// `(name [= value], …)`
    List<Option> relationOptions() {
        tokens.expect("(");
        List<Option> options = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = grammar.names.label();
            if (tokens.accept(".")) {
                name = name + "." + grammar.names.label();
            }
            List<String> values = tokens.accept("=") ? List.of(value()) : List.of();
            options.add(new Option(name, values, position));
        } while (tokens.accept(","));
        tokens.expect(")");
        return options;
    }

    /// `(name [value], …)`, where a value may be a list in parentheses.
    List<Option> utilityOptions() {
        return namedOptions(false);
    }

    /// The same for COPY, where reserved words are names too: `(NULL 'x')`.
    List<Option> copyOptions() {
        return namedOptions(true);
    }

    private List<Option> namedOptions(boolean reservedNames) {
        tokens.expect("(");
        List<Option> options = new ArrayList<>();
        do {
            int position = tokens.position();
            String name =
                    reservedNames || tokens.atAny(Keyword.ANALYZE, Keyword.ANALYSE)
                            ? grammar.names.label()
                            : grammar.names.nonReservedWord();
            options.add(new Option(name, utilityValues(), position));
        } while (tokens.accept(","));
        tokens.expect(")");
        return options;
    }

    private List<String> utilityValues() {
        if (tokens.at(",") || tokens.at(")")) {
            return List.of();
        }
        if (tokens.accept("*")) {
            return List.of("*");
        }
        if (tokens.at(Keyword.DEFAULT)) {
            return List.of(tokens.next().text());
        }
        if (!tokens.accept("(")) {
            return List.of(settingValue());
        }
        List<String> values = new ArrayList<>();
        do {
            values.add(settingValue());
        } while (tokens.accept(","));
        tokens.expect(")");
        return values;
    }

    /// `name [=] value` of CREATE DATABASE and ALTER DATABASE; DEFAULT has no value.
    Option databaseOption() {
        Token token = tokens.peek();
        String name;
        if (tokens.acceptPhrase(Keyword.CONNECTION, Keyword.LIMIT)) {
            name = "connection_limit";
        } else if (token.is(TokenKind.IDENTIFIER)
                || tokens.atAny(
                        Keyword.ENCODING,
                        Keyword.LOCATION,
                        Keyword.OWNER,
                        Keyword.TABLESPACE,
                        Keyword.TEMPLATE)) {
            name = tokens.next().text();
        } else {
            throw tokens.syntaxError();
        }
        tokens.accept("=");
        List<String> values = tokens.accept(Keyword.DEFAULT) ? List.of() : List.of(settingValue());
        return new Option(name, values, token.start());
    }

    /// As [#value()], without the reserved words that are no truth values.
    String settingValue() {
        Keyword keyword = tokens.peek().keyword();
        boolean reserved =
                keyword != null
                        && keyword.category() == Keyword.Category.RESERVED
                        && !tokens.atAny(Keyword.TRUE, Keyword.FALSE, Keyword.ON);
        if (reserved) {
            throw tokens.syntaxError();
        }
        return value();
    }

    /// A word, a string or a number, as text.
    String value() {
        Token token = tokens.peek();
        if (token.is("+") || token.is("-")) {
            return signedNumber();
        }
        return switch (token.kind()) {
            case IDENTIFIER, KEYWORD, STRING, INTEGER, DECIMAL -> tokens.next().text();
            default -> throw tokens.syntaxError();
        };
    }

    String signedNumber() {
        boolean negative = tokens.accept("-");
        if (!negative) {
            tokens.accept("+");
        }
        if (!tokens.at(TokenKind.INTEGER) && !tokens.at(TokenKind.DECIMAL)) {
            throw tokens.syntaxError();
        }
        String digits = tokens.next().text();
        return negative ? "-" + digits : digits;
    }
}
