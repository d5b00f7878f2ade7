package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.ColumnReference;
import org.cladedb.sql.ast.IndexElement;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.ast.TableStatement.CreateIndex;
import org.cladedb.sql.ast.TableStatement.GroupJoin;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// CREATE INDEX, and the elements of indexes.
final class IndexParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    IndexParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// CREATE [UNIQUE] INDEX, from UNIQUE or INDEX on.
    Statement create(int position) {
        boolean unique = tokens.accept(Keyword.UNIQUE);
        tokens.expect(Keyword.INDEX);
        boolean concurrently = tokens.accept(Keyword.CONCURRENTLY);
        boolean ifNotExists = grammar.objects.ifNotExists();
        String name = null;
        if (ifNotExists || !tokens.at(Keyword.ON)) {
            name = grammar.names.columnId();
        }
        tokens.expect(Keyword.ON);
        NamedTable table = grammar.fromItems.relation();
        String method = tokens.accept(Keyword.USING) ? grammar.names.columnId() : null;
        List<IndexElement> elements = parenthesizedElements();
        List<String> include =
                tokens.accept(Keyword.INCLUDE) ? grammar.names.parenthesizedColumns() : List.of();
        boolean nullsNotDistinct = nullsNotDistinct();
        List<Option> options =
                tokens.accept(Keyword.WITH) ? grammar.options.relationOptions() : List.of();
        String tablespace = grammar.tables.optionalTablespace();
        GroupJoin join = groupJoin();
        Expression where = grammar.queries.cores.where();
        return new CreateIndex(
                name,
                unique,
                concurrently,
                ifNotExists,
                table.only(),
                table.name(),
                method,
                elements,
                include,
                nullsNotDistinct,
                options,
                tablespace,
                where,
                join == null ? groupJoin() : join,
                position);
    }

    boolean nullsNotDistinct() {
        if (!tokens.accept(Keyword.NULLS)) {
            return false;
        }
        boolean not = tokens.accept(Keyword.NOT);
        tokens.expect(Keyword.DISTINCT);
        return not;
    }

    /// `USING LEFT JOIN` or `USING RIGHT JOIN`.
    private @Nullable GroupJoin groupJoin() {
        if (!tokens.accept(Keyword.USING)) {
            return null;
        }
        boolean left = tokens.accept(Keyword.LEFT);
        if (!left) {
            tokens.expect(Keyword.RIGHT);
        }
        tokens.expect(Keyword.JOIN);
        return left ? GroupJoin.LEFT : GroupJoin.RIGHT;
    }

    List<IndexElement> parenthesizedElements() {
        tokens.expect("(");
        List<IndexElement> elements = new ArrayList<>();
        do {
            elements.add(element());
        } while (tokens.accept(","));
        tokens.expect(")");
        return elements;
    }

    private IndexElement element() {
        int position = tokens.position();
        Expression expression = elementExpression();
        QualifiedName collation = grammar.names.optionalCollation();
        QualifiedName operatorClass =
                NameParser.isColumnId(tokens.peek()) && !tokens.at(Keyword.NULLS)
                        ? grammar.names.qualifiedName()
                        : null;
        if (operatorClass != null && tokens.at("(")) {
            throw tokens.unsupported("operator class options", tokens.peek());
        }
        return new IndexElement(
                expression,
                collation,
                operatorClass,
                grammar.windows.direction(),
                grammar.windows.nullsOrder(),
                position);
    }

    /// A column, `table.column` of a group index, a call, or an expression in parentheses.
    private Expression elementExpression() {
        Token token = tokens.peek();
        if (token.is("(")) {
            tokens.next();
            Expression expression = grammar.expressions.parse();
            tokens.expect(")");
            return expression;
        }
        if (tokens.peek(1).is("(") || grammar.specialFunctions.atSpecial()) {
            return grammar.primaries.parse();
        }
        QualifiedName name = grammar.names.qualifiedName();
        return tokens.at("(") ? grammar.functions.parsePlain(name) : ColumnReference.of(name);
    }
}
