package org.cladedb.stored;

import java.util.List;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.WithClause;
import org.cladedb.sql.words.SqlText;

/// Prints queries and expressions as PostgreSQL prints those it has stored. What it prints reads
/// back as the same tree.
public final class SqlPrinter {
    private static final int LIST_INDENT = 4;

    private final TextBuffer out;
    private final Layout layout;
    private final ExpressionPrinter expressions;
    private final CallPrinter calls;
    private final FromPrinter from;

    private SqlPrinter(Layout layout) {
        this.layout = layout;
        this.out = new TextBuffer(layout.indented());
        this.expressions = new ExpressionPrinter(this, out, layout);
        this.calls = new CallPrinter(expressions, out);
        this.from = new FromPrinter(this, expressions, out, layout);
    }

    public static String print(SelectStatement query, Layout layout) {
        SqlPrinter printer = new SqlPrinter(layout);
        printer.query(query);
        return printer.out.toString();
    }

    public static String print(Expression expression, Layout layout) {
        SqlPrinter printer = new SqlPrinter(layout);
        printer.expressions.print(expression);
        return printer.out.toString();
    }

    /// A query inside another, with an indentation of its own.
    void nested(SelectStatement query) {
        int level = out.level();
        query(query);
        out.level(level);
    }

    private void query(SelectStatement query) {
        if (query.with() != null) {
            with(query.with());
        }
        switch (query.body()) {
            case QueryBody.SelectCore core -> core(core);
            case QueryBody.ValuesBody values -> {
                enter();
                values(values);
            }
            case QueryBody.SetOperation operation -> operation(operation);
            case QueryBody.NestedQuery nested -> {
                out.add("(");
                nested(nested.query());
                out.add(")");
            }
        }
        clauses(query);
    }

    private void enter() {
        if (layout.indented()) {
            out.level(out.level() + TextBuffer.STANDARD);
            out.add(" ");
        }
    }

    private void clauses(SelectStatement query) {
        if (!query.orderBy().isEmpty()) {
            clause(" ORDER BY ", 1);
            calls.order(query.orderBy());
        }
        if (query.offset() != null) {
            clause(" OFFSET ", 0);
            expressions.print(query.offset());
        }
        if (query.limit() != null && query.withTies()) {
            clause(" FETCH FIRST ", 0);
            boolean plain =
                    query.limit() instanceof Expression.IntegerLiteral
                            || query.limit() instanceof Expression.Cast;
            out.add(plain && !layout.fewParentheses() ? "" : "(");
            expressions.print(query.limit());
            out.add(plain && !layout.fewParentheses() ? "" : ")").add(" ROWS WITH TIES");
        } else if (query.limit() != null) {
            clause(" LIMIT ", 0);
            expressions.print(query.limit());
        }
    }

    private void clause(String word, int plus) {
        out.line(word, -TextBuffer.STANDARD, TextBuffer.STANDARD, plus);
    }

    private void with(WithClause with) {
        enter();
        out.add(with.recursive() ? "WITH RECURSIVE " : "WITH ");
        for (int i = 0; i < with.tables().size(); i++) {
            CommonTableExpression table = with.tables().get(i);
            out.add(i == 0 ? "" : ", ").add(SqlText.identifier(table.name()));
            if (!table.columns().isEmpty()) {
                out.add("(" + ExpressionPrinter.names(table.columns()) + ")");
            }
            out.add(
                    switch (table.materialization()) {
                        case DEFAULT -> " AS (";
                        case ALWAYS -> " AS MATERIALIZED (";
                        case NEVER -> " AS NOT MATERIALIZED (";
                    });
            if (layout.indented()) {
                out.line("", 0, 0, 0);
            }
            nested(select(table.statement()));
            if (layout.indented()) {
                out.line("", 0, 0, 0);
            }
            out.add(")");
        }
        if (layout.indented()) {
            out.line("", -TextBuffer.STANDARD, 0, 0);
        } else {
            out.add(" ");
        }
    }

    private static SelectStatement select(Statement statement) {
        if (statement instanceof SelectStatement select) {
            return select;
        }
        throw new IllegalStateException("stored queries do not modify data");
    }

    private void core(QueryBody.SelectCore core) {
        enter();
        out.add("SELECT");
        switch (core.distinct().kind()) {
            case NONE -> {}
            case ROWS -> out.add(" DISTINCT");
            case ON -> {
                out.add(" DISTINCT ON (");
                keys(core.distinct().on());
                out.add(")");
            }
        }
        items(core.items());
        from.print(core.from());
        if (core.where() != null) {
            clause(" WHERE ", 1);
            expressions.print(core.where());
        }
        if (!core.groupBy().isEmpty()) {
            clause(" GROUP BY ", 1);
            out.add(core.groupByDistinct() ? "DISTINCT " : "");
            keys(core.groupBy());
        }
        if (core.having() != null) {
            clause(" HAVING ", 0);
            expressions.print(core.having());
        }
        for (int i = 0; i < core.windows().size(); i++) {
            QueryBody.WindowDefinition window = core.windows().get(i);
            if (i == 0) {
                clause(" WINDOW ", 1);
            } else {
                out.add(", ");
            }
            out.add(SqlText.identifier(window.name())).add(" AS ");
            calls.specification(window.specification());
        }
    }

    private void keys(List<Expression> keys) {
        for (int i = 0; i < keys.size(); i++) {
            out.add(i == 0 ? "" : ", ");
            calls.sortExpression(keys.get(i));
        }
    }

    private void items(List<SelectItem> items) {
        boolean wasLong = false;
        for (int i = 0; i < items.size(); i++) {
            SelectItem item = items.get(i);
            out.add(i == 0 ? " " : ", ");
            String text =
                    out.aside(() -> {
                        expressions.print(item.expression());
                        String alias = item.alias();
                        out.add(alias == null ? "" : " AS " + SqlText.identifier(alias));
                    });
            if (layout.indented() && layout.wrapColumn() >= 0) {
                if (text.startsWith("\n")) {
                    out.trim();
                } else {
                    boolean isTooLong = out.lineLength() + text.length() > layout.wrapColumn();
                    if (i > 0 && (isTooLong || wasLong)) {
                        clause("", LIST_INDENT);
                    }
                }
                wasLong = text.indexOf('\n', text.startsWith("\n") ? 1 : 0) >= 0;
            }
            out.add(text);
        }
    }

    void values(QueryBody.ValuesBody values) {
        out.add("VALUES ");
        for (int i = 0; i < values.rows().size(); i++) {
            out.add(i == 0 ? "(" : ", (");
            List<Expression> row = values.rows().get(i);
            for (int j = 0; j < row.size(); j++) {
                out.add(j == 0 ? "" : ",");
                expressions.print(row.get(j));
            }
            out.add(")");
        }
    }

    private void operation(QueryBody.SetOperation operation) {
        boolean left =
                operation.left() instanceof QueryBody.SetOperation inner
                        && !(inner.operator() == operation.operator()
                                && inner.all() == operation.all());
        if (left) {
            out.add("(");
            out.line("", TextBuffer.STANDARD, 0, 0);
        }
        side(operation.left());
        if (left) {
            out.line(") ", -TextBuffer.STANDARD, 0, 0);
        } else if (layout.indented()) {
            out.line("", 0, 0, 0);
        } else {
            out.add(" ");
        }
        out.add(operation.operator().name()).add(operation.all() ? " ALL " : " ");
        boolean right = operation.right() instanceof QueryBody.SetOperation;
        int indent = right ? TextBuffer.STANDARD : 0;
        out.add(right ? "(" : "");
        out.line("", indent, 0, 0);
        side(operation.right());
        out.level(out.level() - indent);
        if (right) {
            out.line(")", 0, 0, 0);
        }
    }

    private void side(QueryBody side) {
        switch (side) {
            case QueryBody.SetOperation operation -> operation(operation);
            case QueryBody.SelectCore _, QueryBody.ValuesBody _ -> nested(SelectStatement.of(side));
            case QueryBody.NestedQuery nested -> {
                out.add("(");
                nested(nested.query());
                out.add(")");
            }
        }
    }
}
