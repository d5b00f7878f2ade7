package org.cladedb.sql.parser;

import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement.Persistence;

/// Chooses the parser of a statement by its first words.
final class StatementParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// One statement, up to its semicolon or the end.
    Statement parse() {
        grammar.nesting.reset();
        if (grammar.modifications.atPreparable()) {
            return grammar.modifications.preparable();
        }
        if (tokens.at(Keyword.CREATE)) {
            int position = tokens.next().start();
            if (tokens.at(Keyword.TABLE)) {
                return grammar.tables.create(Persistence.PERMANENT, position);
            }
            return grammar.indexes.create(position);
        }
        throw tokens.syntaxError();
    }
}
