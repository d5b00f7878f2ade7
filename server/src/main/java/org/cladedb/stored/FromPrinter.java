package org.cladedb.stored;

import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.JoinType;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Prints FROM.
final class FromPrinter {
    private static final int JOIN_INDENT = 4;
    private static final int LIST_INDENT = 4;

    private final SqlPrinter queries;
    private final ExpressionPrinter expressions;
    private final TextBuffer out;
    private final Layout layout;

    FromPrinter(SqlPrinter queries, ExpressionPrinter expressions, TextBuffer out, Layout layout) {
        this.queries = queries;
        this.expressions = expressions;
        this.out = out;
        this.layout = layout;
    }

    void print(List<TableExpression> items) {
        for (int i = 0; i < items.size(); i++) {
            TableExpression item = items.get(i);
            if (i == 0) {
                out.line(" FROM ", -TextBuffer.STANDARD, TextBuffer.STANDARD, 2);
                item(item);
                continue;
            }
            out.add(", ");
            String text = out.aside(() -> item(item));
            if (layout.indented() && layout.wrapColumn() >= 0) {
                if (text.startsWith("\n")) {
                    out.trim();
                } else if (out.lineLength() + text.length() > layout.wrapColumn()) {
                    out.line("", -TextBuffer.STANDARD, TextBuffer.STANDARD, LIST_INDENT);
                }
            }
            out.add(text);
        }
    }

    private void item(TableExpression item) {
        switch (item) {
            case TableExpression.NamedTable table -> {
                out.add(table.only() ? "ONLY " : "");
                out.add(SqlText.qualified(table.name().parts()));
                alias(table.alias());
            }
            case TableExpression.DerivedTable table -> {
                out.add(table.lateral() ? "LATERAL (" : "(");
                queries.nested(table.query());
                out.add(")");
                alias(table.alias());
            }
            case TableExpression.FunctionTable table -> function(table);
            case TableExpression.Join join -> join(join);
        }
    }

    private void alias(@Nullable TableAlias alias) {
        if (alias != null) {
            out.add(" ").add(SqlText.identifier(alias.name()));
            if (!alias.columns().isEmpty()) {
                out.add("(" + ExpressionPrinter.names(alias.columns()) + ")");
            }
        }
    }

    private void function(TableExpression.FunctionTable table) {
        out.add(table.lateral() ? "LATERAL " : "");
        boolean several = table.functions().size() > 1;
        out.add(several ? "ROWS FROM(" : "");
        for (int i = 0; i < table.functions().size(); i++) {
            out.add(i == 0 ? "" : ", ");
            expressions.print(table.functions().get(i).call());
        }
        out.add(several ? ")" : "").add(table.withOrdinality() ? " WITH ORDINALITY" : "");
        alias(table.alias());
    }

    private void join(TableExpression.Join join) {
        boolean outer = !layout.fewParentheses() || join.alias() != null;
        boolean right =
                layout.fewParentheses()
                        && join.right() instanceof TableExpression.Join inner
                        && inner.alias() == null;
        out.add(outer ? "(" : "");
        item(join.left());
        out.line(word(join), -TextBuffer.STANDARD, TextBuffer.STANDARD, JOIN_INDENT);
        out.add(right ? "(" : "");
        item(join.right());
        out.add(right ? ")" : "");
        condition(join);
        out.add(outer ? ")" : "");
        alias(join.alias());
    }

    private static String word(TableExpression.Join join) {
        boolean isCross = join.on() == null && join.using().isEmpty();
        return switch (join.type()) {
            case CROSS -> " CROSS JOIN ";
            case INNER -> isCross ? " CROSS JOIN " : " JOIN ";
            case LEFT -> " LEFT JOIN ";
            case RIGHT -> " RIGHT JOIN ";
            case FULL -> " FULL JOIN ";
        };
    }

    private void condition(TableExpression.Join join) {
        Expression on = join.on();
        if (!join.using().isEmpty()) {
            out.add(" USING (" + ExpressionPrinter.names(join.using()) + ")");
            String alias = join.usingAlias();
            out.add(alias == null ? "" : " AS " + SqlText.identifier(alias));
        } else if (on != null) {
            out.add(layout.fewParentheses() ? " ON " : " ON (");
            expressions.print(on);
            out.add(layout.fewParentheses() ? "" : ")");
        } else if (join.type() != JoinType.INNER && join.type() != JoinType.CROSS) {
            out.add(" ON TRUE");
        }
    }
}
