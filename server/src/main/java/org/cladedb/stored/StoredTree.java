package org.cladedb.stored;

import java.util.List;
import java.util.function.Consumer;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ExpressionParts;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// Walks over all expressions and tables of a stored tree, subqueries included.
final class StoredTree {
    private final Consumer<Expression> expressions;
    private final Consumer<TableExpression> tables;

    private StoredTree(Consumer<Expression> expressions, Consumer<TableExpression> tables) {
        this.expressions = expressions;
        this.tables = tables;
    }

    static void forEach(Expression expression, Consumer<Expression> visitor) {
        new StoredTree(visitor, table -> {}).expression(expression);
    }

    static void forEach(
            SelectStatement query,
            Consumer<Expression> expressions,
            Consumer<TableExpression> tables) {
        new StoredTree(expressions, tables).query(query);
    }

    private void query(SelectStatement query) {
        if (query.with() != null) {
            for (CommonTableExpression table : query.with().tables()) {
                if (table.statement() instanceof SelectStatement select) {
                    query(select);
                }
            }
        }
        body(query.body());
        order(query.orderBy());
        optional(query.limit());
        optional(query.offset());
    }

    private void body(QueryBody body) {
        switch (body) {
            case QueryBody.SelectCore core -> {
                core.from().forEach(this::table);
                core.items().forEach(item -> expression(item.expression()));
                all(core.distinct().on());
                optional(core.where());
                all(core.groupBy());
                optional(core.having());
                core.windows()
                        .forEach(window ->
                                ExpressionParts.forEach(window.specification(), this::expression));
            }
            case QueryBody.SetOperation operation -> {
                body(operation.left());
                body(operation.right());
            }
            case QueryBody.ValuesBody values -> values.rows().forEach(this::all);
            case QueryBody.NestedQuery nested -> query(nested.query());
        }
    }

    private void table(TableExpression table) {
        tables.accept(table);
        switch (table) {
            case TableExpression.NamedTable _ -> {}
            case TableExpression.DerivedTable derived -> query(derived.query());
            case TableExpression.FunctionTable functions ->
                    functions.functions().forEach(function -> expression(function.call()));
            case TableExpression.Join join -> {
                table(join.left());
                table(join.right());
                optional(join.on());
            }
        }
    }

    private void order(List<OrderItem> items) {
        items.forEach(item -> expression(item.expression()));
    }

    private void all(List<Expression> parts) {
        parts.forEach(this::expression);
    }

    private void optional(@Nullable Expression part) {
        if (part != null) {
            expression(part);
        }
    }

    private void expression(Expression expression) {
        expressions.accept(expression);
        ExpressionParts.forEach(expression, this::expression, this::query);
    }
}
