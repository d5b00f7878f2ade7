package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Statement;

/// Parses SQL text. Stateless and safe for use by any thread.
public final class SqlParser {
    private SqlParser() {}

    /// The statements in `sql`, empty ones left out.
    ///
    /// @throws DatabaseException at the first error, with its position in `sql`; 54001 when a
    ///   statement nests too deep for the calling thread, see [org.cladedb.common.DeepStack]
    public static List<ParsedStatement> parse(String sql) {
        return parse(new Grammar(sql));
    }

    static List<ParsedStatement> parse(Grammar grammar) {
        TokenStream tokens = grammar.tokens;
        List<ParsedStatement> statements = new ArrayList<>();
        while (true) {
            while (tokens.accept(";")) {
                // Empty statements are none.
            }
            if (tokens.at(TokenKind.END)) {
                return statements;
            }
            int start = tokens.position();
            Statement statement = grammar.statements.parse();
            statements.add(
                    new ParsedStatement(
                            statement, start, tokens.previousEnd(), grammar.nesting.isDeep()));
            if (!tokens.atEnd()) {
                throw tokens.syntaxError();
            }
        }
    }

    /// One expression that is the whole text, as the catalog stores defaults and checks.
    ///
    /// @throws DatabaseException at the first error, with its position in `sql`
    public static Expression parseExpression(String sql) {
        Grammar grammar = new Grammar(sql);
        Expression expression = grammar.expressions.parse();
        if (!grammar.tokens.at(TokenKind.END)) {
            throw grammar.tokens.syntaxError();
        }
        return expression;
    }
}
