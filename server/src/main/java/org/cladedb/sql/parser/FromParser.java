package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.DerivedTable;
import org.cladedb.sql.ast.TableExpression.FunctionTable;
import org.cladedb.sql.ast.TableExpression.Join;
import org.cladedb.sql.ast.TableExpression.JoinType;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.cladedb.sql.ast.TableExpression.TableFunction;
import org.cladedb.sql.ast.TableExpression.TableFunctionColumn;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// The items of FROM and USING: tables, queries, functions, and joins of them.
final class FromParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    FromParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<TableExpression> parseList() {
        List<TableExpression> list = new ArrayList<>();
        do {
            list.add(joined());
        } while (tokens.accept(","));
        return list;
    }

    private TableExpression joined() {
        int position = tokens.position();
        int outer = grammar.nesting.enter(position);
        TableExpression table = joins(primary());
        grammar.nesting.leave(outer, position);
        return table;
    }

    private TableExpression joins(TableExpression first) {
        TableExpression table = first;
        while (atJoin()) {
            table = join(table);
        }
        return table;
    }

    private boolean atJoin() {
        return tokens.atAny(
                Keyword.JOIN,
                Keyword.INNER,
                Keyword.LEFT,
                Keyword.RIGHT,
                Keyword.FULL,
                Keyword.CROSS,
                Keyword.NATURAL);
    }

    private TableExpression join(TableExpression left) {
        int position = tokens.position();
        grammar.nesting.link(position);
        if (tokens.accept(Keyword.CROSS)) {
            tokens.expect(Keyword.JOIN);
            return join(JoinType.CROSS, left, primary(), position);
        }
        if (tokens.accept(Keyword.NATURAL)) {
            JoinType type = joinType();
            return new Join(type, left, primary(), true, List.of(), null, null, null, position);
        }
        JoinType type = joinType();
        TableExpression right = primary();
        while (!tokens.atAny(Keyword.ON, Keyword.USING)) {
            if (!atJoin()) {
                throw tokens.syntaxError();
            }
            right = join(right);
        }
        return conditioned(join(type, left, right, position));
    }

    private static Join join(
            JoinType type, TableExpression left, TableExpression right, int position) {
        return new Join(type, left, right, false, List.of(), null, null, null, position);
    }

    private Join conditioned(Join join) {
        if (tokens.accept(Keyword.ON)) {
            return with(join, List.of(), null, grammar.expressions.parse(), null);
        }
        tokens.expect(Keyword.USING);
        List<String> columns = grammar.names.parenthesizedColumns();
        String alias = tokens.accept(Keyword.AS) ? grammar.names.columnId() : null;
        return with(join, columns, alias, null, null);
    }

    private static Join with(
            Join join,
            List<String> using,
            @Nullable String usingAlias,
            @Nullable Expression on,
            @Nullable TableAlias alias) {
        return new Join(
                join.type(),
                join.left(),
                join.right(),
                join.natural(),
                using,
                usingAlias,
                on,
                alias,
                join.position());
    }

    private JoinType joinType() {
        JoinType type = JoinType.INNER;
        if (tokens.accept(Keyword.LEFT)) {
            type = JoinType.LEFT;
        } else if (tokens.accept(Keyword.RIGHT)) {
            type = JoinType.RIGHT;
        } else if (tokens.accept(Keyword.FULL)) {
            type = JoinType.FULL;
        } else {
            tokens.accept(Keyword.INNER);
        }
        if (type != JoinType.INNER) {
            tokens.accept(Keyword.OUTER);
        }
        tokens.expect(Keyword.JOIN);
        return type;
    }

    private TableExpression primary() {
        Token token = tokens.peek();
        if (token.is("(")) {
            return switch (parenthesized()) {
                case Inside.Query query -> derived(query.query(), false, token.start());
                case Inside.Table table -> withJoinAlias(table.join());
            };
        }
        if (token.is(Keyword.LATERAL)) {
            tokens.next();
            return tokens.at("(")
                    ? derived(grammar.primaries.parenthesizedQuery(), true, token.start())
                    : function(true, token.start());
        }
        if (atFunction()) {
            return function(false, token.start());
        }
        return tableOrFunction();
    }

    /// What stood in parentheses: a query, or a join.
    private sealed interface Inside {
        record Query(SelectStatement query) implements Inside {}

        record Table(Join join) implements Inside {}
    }

    private Inside parenthesized() {
        Token open = tokens.expect("(");
        int outer = grammar.nesting.enter(open.start());
        Inside inside = contents();
        tokens.expect(")");
        grammar.nesting.leave(outer, open.start());
        return inside;
    }

    private Inside contents() {
        if (grammar.queries.atQuery()) {
            return new Inside.Query(grammar.queries.parse());
        }
        if (!tokens.at("(")) {
            return joinOnly(joined());
        }
        int position = tokens.position();
        return switch (parenthesized()) {
            case Inside.Query inner -> {
                if (tokens.at(")")) {
                    yield inner;
                }
                if (grammar.queries.atContinuation()) {
                    yield new Inside.Query(grammar.queries.continueFrom(inner.query(), position));
                }
                yield joinOnly(joins(derived(inner.query(), false, position)));
            }
            case Inside.Table inner -> joinOnly(joins(withJoinAlias(inner.join())));
        };
    }

    private Inside joinOnly(TableExpression table) {
        if (table instanceof Join join) {
            return new Inside.Table(join);
        }
        throw tokens.syntaxError();
    }

    private Join withJoinAlias(Join join) {
        TableAlias alias = optionalAlias();
        return alias == null ? join : with(join, join.using(), join.usingAlias(), join.on(), alias);
    }

    private TableExpression derived(SelectStatement query, boolean lateral, int position) {
        return new DerivedTable(query, lateral, optionalAlias(), position);
    }

    private boolean atFunction() {
        Token token = tokens.peek();
        if (token.is(Keyword.XMLTABLE) || token.is(Keyword.JSON_TABLE)) {
            throw tokens.unsupported(token.is(Keyword.XMLTABLE) ? "XMLTABLE" : "JSON_TABLE", token);
        }
        return tokens.atAll(Keyword.ROWS, Keyword.FROM)
                || (grammar.specialFunctions.atSpecial() && !NameParser.isColumnId(token))
                || (grammar.specialFunctions.atSpecial() && tokens.peek(1).is("("));
    }

    /// `[ONLY] name [*] [alias]`, or a function.
    private TableExpression tableOrFunction() {
        Token first = tokens.peek();
        if (first.is(Keyword.ONLY)) {
            return aliased(relationName());
        }
        if (!NameParser.isColumnId(first) && !NameParser.isTypeOrFunctionName(first)) {
            throw tokens.syntaxError();
        }
        int ahead = 1;
        while (tokens.peek(ahead).is(".")) {
            ahead += 2;
        }
        if (tokens.peek(ahead).is("(")) {
            return function(false, first.start());
        }
        return aliased(relationName());
    }

    /// A table without an alias.
    NamedTable relation() {
        return relationName();
    }

    private NamedTable relationName() {
        int position = tokens.position();
        if (tokens.accept(Keyword.ONLY)) {
            boolean parentheses = tokens.accept("(");
            QualifiedName name = grammar.names.qualifiedName();
            if (parentheses) {
                tokens.expect(")");
            }
            return new NamedTable(name, true, null, name.position());
        }
        QualifiedName name = grammar.names.qualifiedName();
        tokens.accept("*");
        return new NamedTable(name, false, null, position);
    }

    private TableExpression aliased(NamedTable table) {
        TableAlias alias = optionalAlias();
        if (tokens.at(Keyword.TABLESAMPLE)) {
            throw tokens.unsupported("TABLESAMPLE", tokens.peek());
        }
        return new NamedTable(table.name(), table.only(), alias, table.position());
    }

    private @Nullable TableAlias optionalAlias() {
        int position = tokens.position();
        if (!tokens.accept(Keyword.AS) && !NameParser.isColumnId(tokens.peek())) {
            return null;
        }
        String name = grammar.names.columnId();
        return new TableAlias(name, grammar.names.optionalParenthesizedColumns(), position);
    }

    private TableExpression function(boolean lateral, int position) {
        List<TableFunction> functions = new ArrayList<>();
        boolean rowsFrom = tokens.acceptAll(Keyword.ROWS, Keyword.FROM);
        if (rowsFrom) {
            tokens.expect("(");
            do {
                functions.add(rowsFromItem());
            } while (tokens.accept(","));
            tokens.expect(")");
        } else {
            functions.add(new TableFunction(call(), List.of(), position));
        }
        boolean ordinality = tokens.acceptAll(Keyword.WITH, Keyword.ORDINALITY);
        return functionAlias(functions, rowsFrom, lateral, ordinality, position);
    }

    private TableFunction rowsFromItem() {
        int position = tokens.position();
        Expression call = call();
        List<TableFunctionColumn> columns =
                tokens.accept(Keyword.AS) ? columnDefinitions() : List.of();
        return new TableFunction(call, columns, position);
    }

    private Expression call() {
        Token first = tokens.peek();
        if (grammar.specialFunctions.atSpecial()) {
            return grammar.specialFunctions.parse();
        }
        QualifiedName name =
                tokens.peek(1).is(".")
                        ? grammar.names.qualifiedName()
                        : QualifiedName.of(grammar.names.typeOrFunctionName(), first.start());
        Expression.FunctionCall call = grammar.functions.parsePlain(name);
        return grammar.functions.simplify(call);
    }

    private TableExpression functionAlias(
            List<TableFunction> functions,
            boolean rowsFrom,
            boolean lateral,
            boolean ordinality,
            int position) {
        int aliasPosition = tokens.position();
        boolean as = tokens.accept(Keyword.AS);
        List<TableFunctionColumn> definitions = List.of();
        TableAlias alias = null;
        if (as && tokens.at("(")) {
            definitions = columnDefinitions();
        } else if (as || NameParser.isColumnId(tokens.peek())) {
            String name = grammar.names.columnId();
            if (tokens.at("(") && !tokens.peek(2).is(",") && !tokens.peek(2).is(")")) {
                definitions = columnDefinitions();
                alias = new TableAlias(name, List.of(), aliasPosition);
            } else {
                List<String> columns = grammar.names.optionalParenthesizedColumns();
                alias = new TableAlias(name, columns, aliasPosition);
            }
        }
        List<TableFunction> all = functions;
        if (!definitions.isEmpty()) {
            TableFunction only = functions.getFirst();
            all = List.of(new TableFunction(only.call(), definitions, only.position()));
        }
        return new FunctionTable(all, rowsFrom, lateral, ordinality, alias, position);
    }

    private List<TableFunctionColumn> columnDefinitions() {
        tokens.expect("(");
        List<TableFunctionColumn> columns = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = grammar.names.columnId();
            var type = grammar.types.parse();
            columns.add(
                    new TableFunctionColumn(
                            name, type, grammar.names.optionalCollation(), position));
        } while (tokens.accept(","));
        tokens.expect(")");
        return columns;
    }
}
