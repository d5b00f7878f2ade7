package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.Copy.Endpoint;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.words.Keyword;

/// COPY, with the option lists of all PostgreSQL versions.
final class CopyParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    CopyParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement parse() {
        int position = tokens.expect(Keyword.COPY).start();
        List<Option> options = new ArrayList<>();
        QualifiedName table = null;
        List<String> columns = List.of();
        Statement query = null;
        boolean from = false;
        if (tokens.accept("(")) {
            query = grammar.modifications.preparable();
            tokens.expect(")");
            tokens.expect(Keyword.TO);
        } else {
            if (tokens.at(Keyword.BINARY)) {
                options.add(new Option("format", List.of("binary"), tokens.next().start()));
            }
            table = grammar.names.qualifiedName();
            columns = grammar.names.optionalParenthesizedColumns();
            from = tokens.accept(Keyword.FROM);
            if (!from) {
                tokens.expect(Keyword.TO);
            }
        }
        Endpoint endpoint = endpoint();
        delimiters(options);
        tokens.accept(Keyword.WITH);
        options.addAll(tokens.at("(") ? grammar.options.copyOptions() : oldOptions());
        Token word = tokens.peek();
        Expression where = grammar.queries.cores.where();
        if (where != null && !from) {
            throw TokenStream.complaint("WHERE clause not allowed with COPY TO", word.start());
        }
        return new Copy(table, columns, query, from, endpoint, options, where, position);
    }

    private Endpoint endpoint() {
        Token program = tokens.peek();
        if (tokens.accept(Keyword.PROGRAM)) {
            if (!tokens.at(TokenKind.STRING)) {
                throw tokens.at(TokenKind.KEYWORD)
                        ? TokenStream.complaint(
                                "STDIN/STDOUT not allowed with PROGRAM", program.start())
                        : tokens.syntaxError();
            }
            return new Endpoint.Program(grammar.names.string());
        }
        if (tokens.accept(Keyword.STDIN) || tokens.accept(Keyword.STDOUT)) {
            return new Endpoint.Standard();
        }
        return new Endpoint.File(grammar.names.string());
    }

    /// `[USING] DELIMITERS 'x'`, the oldest form.
    private void delimiters(List<Option> options) {
        int position = tokens.position();
        boolean using = tokens.accept(Keyword.USING);
        if (using || tokens.at(Keyword.DELIMITERS)) {
            tokens.expect(Keyword.DELIMITERS);
            options.add(new Option("delimiter", List.of(grammar.names.string()), position));
        }
    }

    private List<Option> oldOptions() {
        List<Option> options = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.keyword()) {
                case BINARY,
                        FREEZE,
                        DELIMITER,
                        NULL,
                        CSV,
                        HEADER,
                        QUOTE,
                        ESCAPE,
                        FORCE,
                        ENCODING -> {
                    tokens.next();
                    options.add(oldOption(token));
                }
                case null, default -> {
                    return options;
                }
            }
        }
    }

    private Option oldOption(Token word) {
        int position = word.start();
        return switch (word.keyword()) {
            case BINARY, CSV -> new Option("format", List.of(word.text()), position);
            case FREEZE, HEADER -> new Option(word.text(), List.of("true"), position);
            case FORCE -> force(position);
            case null, default -> {
                if (!word.is(Keyword.ENCODING)) {
                    tokens.accept(Keyword.AS);
                }
                yield new Option(word.text(), List.of(grammar.names.string()), position);
            }
        };
    }

    private Option force(int position) {
        String name = "force_quote";
        if (tokens.acceptAll(Keyword.NOT, Keyword.NULL)) {
            name = "force_not_null";
        } else if (tokens.accept(Keyword.NULL)) {
            name = "force_null";
        } else {
            tokens.expect(Keyword.QUOTE);
        }
        List<String> columns = tokens.accept("*") ? List.of("*") : grammar.names.columnIds();
        return new Option(name, columns, position);
    }
}
