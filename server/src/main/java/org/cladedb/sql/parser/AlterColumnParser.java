package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.AlterTableAction.AddIdentity;
import org.cladedb.sql.ast.AlterTableAction.AlterColumnType;
import org.cladedb.sql.ast.AlterTableAction.DropExpression;
import org.cladedb.sql.ast.AlterTableAction.DropIdentity;
import org.cladedb.sql.ast.AlterTableAction.SetColumnOptions;
import org.cladedb.sql.ast.AlterTableAction.SetCompression;
import org.cladedb.sql.ast.AlterTableAction.SetDefault;
import org.cladedb.sql.ast.AlterTableAction.SetExpression;
import org.cladedb.sql.ast.AlterTableAction.SetIdentity;
import org.cladedb.sql.ast.AlterTableAction.SetNotNull;
import org.cladedb.sql.ast.AlterTableAction.SetStatistics;
import org.cladedb.sql.ast.AlterTableAction.SetStorage;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// `ALTER [COLUMN] …` and `ALTER CONSTRAINT …` inside ALTER TABLE.
final class AlterColumnParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    AlterColumnParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    AlterTableAction parse() {
        int position = tokens.expect(Keyword.ALTER).start();
        if (tokens.accept(Keyword.CONSTRAINT)) {
            String name = grammar.names.columnId();
            return grammar.constraints.attributes.ofAlter(name, position);
        }
        tokens.accept(Keyword.COLUMN);
        int columnStart = tokens.peek().start();
        // An index's columns have no names: ALTER INDEX counts them.
        String column =
                tokens.at(TokenKind.INTEGER) ? tokens.next().text() : grammar.names.columnId();
        return switch (tokens.peek().keyword()) {
            case TYPE -> type(column, columnStart);
            case SET -> set(column, position, columnStart);
            case DROP -> drop(column, position);
            case ADD -> addIdentity(column, position);
            case RESET -> {
                tokens.next();
                yield new SetColumnOptions(
                        column, grammar.options.relationOptions(), true, position);
            }
            case RESTART -> identity(column, position);
            case OPTIONS -> throw tokens.unsupported("ALTER COLUMN ... OPTIONS", tokens.peek());
            case null, default -> throw tokens.syntaxError();
        };
    }

    private AlterTableAction type(String column, int position) {
        tokens.expect(Keyword.TYPE);
        TypeName type = grammar.types.parse();
        QualifiedName collation = grammar.names.optionalCollation();
        Expression using = tokens.accept(Keyword.USING) ? grammar.expressions.parse() : null;
        return new AlterColumnType(column, type, collation, using, position);
    }

    private AlterTableAction set(String column, int position, int columnStart) {
        Token word = tokens.peek(1);
        if (word.is(Keyword.GENERATED) || isSequenceOption(word)) {
            return identity(column, position);
        }
        tokens.expect(Keyword.SET);
        if (tokens.accept(Keyword.DATA)) {
            return type(column, columnStart);
        }
        if (tokens.accept(Keyword.DEFAULT)) {
            return new SetDefault(column, grammar.expressions.parse(), position);
        }
        if (tokens.accept(Keyword.NOT)) {
            tokens.expect(Keyword.NULL);
            return new SetNotNull(column, true, position);
        }
        if (tokens.accept(Keyword.EXPRESSION)) {
            tokens.expect(Keyword.AS);
            tokens.expect("(");
            Expression expression = grammar.expressions.parse();
            tokens.expect(")");
            return new SetExpression(column, expression, position);
        }
        if (tokens.at("(")) {
            return new SetColumnOptions(column, grammar.options.relationOptions(), false, position);
        }
        return setStorage(column, position);
    }

    private AlterTableAction setStorage(String column, int position) {
        if (tokens.accept(Keyword.STATISTICS)) {
            return new SetStatistics(column, statistics(), position);
        }
        boolean storage = tokens.accept(Keyword.STORAGE);
        if (!storage) {
            tokens.expect(Keyword.COMPRESSION);
        }
        String value = tokens.at(Keyword.DEFAULT) ? tokens.next().text() : grammar.names.columnId();
        return storage
                ? new SetStorage(column, value, position)
                : new SetCompression(column, value, position);
    }

    private @Nullable Integer statistics() {
        if (tokens.accept(Keyword.DEFAULT)) {
            return null;
        }
        boolean negative = tokens.accept("-");
        int value = Integer.parseInt(tokens.expect(TokenKind.INTEGER).text());
        return negative ? Integer.valueOf(-value) : Integer.valueOf(value);
    }

    private static boolean isSequenceOption(Token word) {
        return switch (word.keyword()) {
            case INCREMENT, MINVALUE, MAXVALUE, START, RESTART, CACHE, CYCLE, NO, OWNED, SEQUENCE ->
                    true;
            case null, default -> false;
        };
    }

    private AlterTableAction drop(String column, int position) {
        tokens.expect(Keyword.DROP);
        if (tokens.accept(Keyword.DEFAULT)) {
            return new SetDefault(column, null, position);
        }
        if (tokens.accept(Keyword.NOT)) {
            tokens.expect(Keyword.NULL);
            return new SetNotNull(column, false, position);
        }
        if (tokens.accept(Keyword.EXPRESSION)) {
            return new DropExpression(column, grammar.objects.ifExists(), position);
        }
        tokens.expect(Keyword.IDENTITY);
        return new DropIdentity(column, grammar.objects.ifExists(), position);
    }

    private AlterTableAction addIdentity(String column, int position) {
        tokens.expectAll(Keyword.ADD, Keyword.GENERATED);
        boolean always = grammar.constraints.generatedAlways();
        tokens.expectAll(Keyword.AS, Keyword.IDENTITY);
        return new AddIdentity(
                column, always, grammar.sequences.optionalParenthesizedOptions(), position);
    }

    /// `SET GENERATED …`, `SET option` and `RESTART`, any number of them.
    private AlterTableAction identity(String column, int position) {
        Boolean always = null;
        List<SequenceOption> options = new ArrayList<>();
        while (tokens.atAny(Keyword.SET, Keyword.RESTART)) {
            if (tokens.acceptAll(Keyword.SET, Keyword.GENERATED)) {
                always = grammar.constraints.generatedAlways();
                continue;
            }
            tokens.accept(Keyword.SET);
            SequenceOption option = grammar.sequences.option();
            if (option == null) {
                throw tokens.syntaxError();
            }
            options.add(option);
        }
        return new SetIdentity(column, always, options, position);
    }
}
