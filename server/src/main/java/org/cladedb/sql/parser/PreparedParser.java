package org.cladedb.sql.parser;

import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.PreparedStatementCommand.Deallocate;
import org.cladedb.sql.ast.PreparedStatementCommand.Execute;
import org.cladedb.sql.ast.PreparedStatementCommand.Prepare;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TransactionStatement;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;

/// PREPARE, EXECUTE, DEALLOCATE.
final class PreparedParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    PreparedParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// PREPARE of a statement, or PREPARE TRANSACTION.
    Statement prepare() {
        int position = tokens.expect(Keyword.PREPARE).start();
        if (tokens.at(Keyword.TRANSACTION) && tokens.peek(1).is(TokenKind.STRING)) {
            tokens.next();
            return new TransactionStatement.PrepareTransaction(grammar.names.string(), position);
        }
        String name = grammar.names.columnId();
        List<TypeName> types = List.of();
        if (tokens.accept("(")) {
            types = grammar.types.parseList();
            tokens.expect(")");
        }
        tokens.expect(Keyword.AS);
        int start = tokens.position();
        if (!grammar.modifications.atPreparable()) {
            throw tokens.syntaxError();
        }
        Statement statement = grammar.modifications.preparable();
        return new Prepare(name, types, statement, start, tokens.previousEnd(), position);
    }

    PreparedStatementCommand execute() {
        int position = tokens.expect(Keyword.EXECUTE).start();
        String name = grammar.names.columnId();
        List<Expression> arguments = List.of();
        if (tokens.accept("(")) {
            arguments = grammar.expressions.parseList();
            tokens.expect(")");
        }
        return new Execute(name, arguments, position);
    }

    Statement deallocate() {
        int position = tokens.expect(Keyword.DEALLOCATE).start();
        if (NameParser.isColumnId(tokens.peek(1)) || tokens.peek(1).is(Keyword.ALL)) {
            tokens.accept(Keyword.PREPARE);
        }
        return new Deallocate(
                tokens.accept(Keyword.ALL) ? null : grammar.names.columnId(), position);
    }
}
