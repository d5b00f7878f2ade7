package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.Star;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.QueryBody.Distinct;
import org.cladedb.sql.ast.QueryBody.DistinctKind;
import org.cladedb.sql.ast.QueryBody.SelectCore;
import org.cladedb.sql.ast.QueryBody.ValuesBody;
import org.cladedb.sql.ast.QueryBody.WindowDefinition;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// One SELECT … WINDOW, VALUES or TABLE.
final class SelectCoreParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    SelectCoreParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    QueryBody parse() {
        if (tokens.at(Keyword.VALUES)) {
            return values();
        }
        if (tokens.at(Keyword.TABLE)) {
            return table();
        }
        return select();
    }

    private QueryBody values() {
        int position = tokens.next().start();
        List<List<Expression>> rows = new ArrayList<>();
        do {
            tokens.expect("(");
            rows.add(grammar.expressions.parseList());
            tokens.expect(")");
        } while (tokens.accept(","));
        return new ValuesBody(rows, position);
    }

    /// `TABLE t` is `SELECT * FROM t`.
    private QueryBody table() {
        int position = tokens.next().start();
        TableExpression table = grammar.fromItems.relation();
        SelectItem all = new SelectItem(new Star(null, false, position), null, position);
        return new SelectCore(
                Distinct.NONE,
                List.of(all),
                List.of(table),
                null,
                List.of(),
                false,
                null,
                List.of(),
                position);
    }

    private QueryBody select() {
        int position = tokens.expect(Keyword.SELECT).start();
        Distinct distinct = distinct();
        List<SelectItem> items =
                distinct.kind() == DistinctKind.NONE && atEndOfItems() ? List.of() : items();
        tokens.refuse(List.of(Keyword.INTO), "SELECT INTO");
        List<TableExpression> from =
                tokens.accept(Keyword.FROM) ? grammar.fromItems.parseList() : List.of();
        Expression where = where();
        boolean groupByDistinct = false;
        List<Expression> groupBy = List.of();
        if (tokens.accept(Keyword.GROUP)) {
            tokens.expect(Keyword.BY);
            groupByDistinct = tokens.accept(Keyword.DISTINCT);
            if (!groupByDistinct) {
                tokens.accept(Keyword.ALL);
            }
            groupBy = groupBy();
        }
        Expression having = tokens.accept(Keyword.HAVING) ? grammar.expressions.parse() : null;
        return new SelectCore(
                distinct,
                items,
                from,
                where,
                groupBy,
                groupByDistinct,
                having,
                windows(),
                position);
    }

    private Distinct distinct() {
        if (tokens.accept(Keyword.ALL) || !tokens.accept(Keyword.DISTINCT)) {
            return Distinct.NONE;
        }
        if (!tokens.accept(Keyword.ON)) {
            return Distinct.ROWS;
        }
        tokens.expect("(");
        List<Expression> expressions = grammar.expressions.parseList();
        tokens.expect(")");
        return new Distinct(DistinctKind.ON, expressions);
    }

    private boolean atEndOfItems() {
        return tokens.atEnd()
                || tokens.at(")")
                || tokens.atAny(
                        Keyword.INTO,
                        Keyword.FROM,
                        Keyword.WHERE,
                        Keyword.GROUP,
                        Keyword.HAVING,
                        Keyword.WINDOW,
                        Keyword.WITH)
                || grammar.queries.atContinuation();
    }

    /// The items of a SELECT list or RETURNING.
    List<SelectItem> items() {
        List<SelectItem> items = new ArrayList<>();
        do {
            items.add(item());
        } while (tokens.accept(","));
        return items;
    }

    private SelectItem item() {
        Token token = tokens.peek();
        int position = token.start();
        if (token.is("*") || token.is("**")) {
            tokens.next();
            return new SelectItem(new Star(null, token.is("**"), position), null, position);
        }
        Expression expression = grammar.expressions.parse();
        return new SelectItem(expression, alias(), position);
    }

    private @Nullable String alias() {
        if (tokens.accept(Keyword.AS)) {
            return grammar.names.label();
        }
        return NameParser.isBareLabel(tokens.peek()) ? tokens.next().text() : null;
    }

    /// WHERE and its condition, or null.
    @Nullable Expression where() {
        if (!tokens.accept(Keyword.WHERE)) {
            return null;
        }
        if (tokens.atAll(Keyword.CURRENT, Keyword.OF)) {
            throw tokens.unsupported("WHERE CURRENT OF", tokens.peek());
        }
        return grammar.expressions.parse();
    }

    private List<Expression> groupBy() {
        List<Expression> list = new ArrayList<>();
        do {
            boolean grouping =
                    tokens.atAll(Keyword.GROUPING, Keyword.SETS)
                            || (tokens.atAny(Keyword.ROLLUP, Keyword.CUBE)
                                    && tokens.peek(1).is("("))
                            || (tokens.at("(") && tokens.peek(1).is(")"));
            if (grouping) {
                throw tokens.unsupported(
                        "GROUP BY with grouping sets, ROLLUP or CUBE", tokens.peek());
            }
            list.add(grammar.expressions.parse());
        } while (tokens.accept(","));
        return list;
    }

    private List<WindowDefinition> windows() {
        if (!tokens.accept(Keyword.WINDOW)) {
            return List.of();
        }
        List<WindowDefinition> windows = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = grammar.names.columnId();
            tokens.expect(Keyword.AS);
            windows.add(new WindowDefinition(name, grammar.windows.specification(), position));
        } while (tokens.accept(","));
        return windows;
    }
}
