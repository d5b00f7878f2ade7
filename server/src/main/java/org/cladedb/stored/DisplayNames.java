package org.cladedb.stored;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.WithClause;
import org.jspecify.annotations.Nullable;

/// Turns a stored query into SQL that PostgreSQL's clients can read: numbers become the names of
/// now. Names are chosen as PostgreSQL chooses them: a range variable keeps its alias or the name
/// of its table, with `_1`, `_2` … where another has it; columns are qualified unless there is only
/// one range variable; an alias with columns is printed where names have changed since.
public final class DisplayNames {
    private final RelationNames relations;
    private final NameLevel level;
    private final DisplayFrom from;
    private final DisplayExpressions expressions;

    private DisplayNames(RelationNames relations, @Nullable NameLevel parent) {
        this.relations = relations;
        this.level = new NameLevel(parent);
        this.expressions = new DisplayExpressions(this, level, relations);
        this.from = new DisplayFrom(this, level, relations, expressions);
    }

    /// A view's query with the names of now.
    ///
    /// @param columns the names of the view's columns
    public static SelectStatement query(
            SelectStatement stored, List<String> columns, RelationNames relations) {
        return new DisplayNames(relations, null).query(stored, columns, true);
    }

    /// An expression over the columns of one table, or of none.
    ///
    /// @param table its name, null for none
    /// @param columns all columns of the table by slot
    public static Expression expression(
            Expression stored,
            @Nullable String table,
            List<String> columns,
            RelationNames relations) {
        DisplayNames names = new DisplayNames(relations, null);
        Range row =
                new Range(1, Range.Kind.RELATION, null, table, new ArrayList<>(columns), List.of());
        row.name(table);
        row.nameColumns();
        names.level.add(row);
        return names.expressions.of(stored);
    }

    /// A query inside this one.
    ///
    /// @param visible whether its column names are seen outside
    SelectStatement nested(SelectStatement query, boolean visible) {
        return new DisplayNames(relations, level).query(query, List.of(), visible);
    }

    /// @param columns what its columns are called, beyond what the query says; empty for nothing
    private SelectStatement query(SelectStatement query, List<String> columns, boolean visible) {
        // Common tables come first in the text, but see the names of the level that defines them.
        if (query.with() != null) {
            for (CommonTableExpression table : query.with().tables()) {
                level.define(table.name(), outputs(table));
            }
        }
        List<SelectItem> items = List.of();
        if (query.body() instanceof QueryBody.SelectCore core) {
            from.declare(core.from());
            items = core.items();
        }
        WithClause with = query.with() == null ? null : with(query.with());
        QueryBody body =
                switch (query.body()) {
                    case QueryBody.SelectCore core -> core(core, columns, visible);
                    case QueryBody.SetOperation operation -> sides(operation, columns, visible);
                    case QueryBody.ValuesBody values ->
                            new QueryBody.ValuesBody(
                                    values.rows().stream().map(expressions::all).toList(), -1);
                    case QueryBody.NestedQuery nested ->
                            new QueryBody.NestedQuery(nested(nested.query(), visible), -1);
                };
        List<OrderItem> order = new ArrayList<>();
        for (OrderItem item : query.orderBy()) {
            order.add(
                    new OrderItem(
                            key(item.expression(), items, true),
                            item.direction(),
                            item.nulls(),
                            item.operator(),
                            -1));
        }
        return new SelectStatement(
                with,
                body,
                order,
                expressions.orNull(query.limit()),
                query.withTies(),
                expressions.orNull(query.offset()),
                List.of(),
                -1);
    }

    private static List<String> outputs(CommonTableExpression table) {
        List<String> names =
                new ArrayList<>(
                        table.statement() instanceof SelectStatement query
                                ? outputs(query.body())
                                : List.of());
        for (int i = 0; i < table.columns().size(); i++) {
            names.set(i, table.columns().get(i));
        }
        return names;
    }

    /// The names of a query's columns.
    static List<String> outputs(QueryBody body) {
        return switch (body) {
            case QueryBody.SelectCore core ->
                    core.items().stream().map(item -> String.valueOf(item.alias())).toList();
            case QueryBody.SetOperation operation -> outputs(operation.left());
            case QueryBody.NestedQuery nested -> outputs(nested.query().body());
            case QueryBody.ValuesBody values -> {
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= values.rows().getFirst().size(); i++) {
                    names.add("column" + i);
                }
                yield names;
            }
        };
    }

    private WithClause with(WithClause with) {
        List<CommonTableExpression> tables = new ArrayList<>();
        for (CommonTableExpression table : with.tables()) {
            if (table.statement() instanceof SelectStatement query) {
                tables.add(
                        new CommonTableExpression(
                                table.name(),
                                table.columns(),
                                table.materialization(),
                                nested(query, true),
                                -1));
            }
        }
        return new WithClause(with.recursive(), tables, -1);
    }

    private QueryBody core(QueryBody.SelectCore core, List<String> columns, boolean visible) {
        List<SelectItem> items = new ArrayList<>();
        for (int i = 0; i < core.items().size(); i++) {
            SelectItem item = core.items().get(i);
            String name = i < columns.size() ? columns.get(i) : item.alias();
            items.add(item(expressions.of(item.expression()), name, visible));
        }
        return new QueryBody.SelectCore(
                new QueryBody.Distinct(
                        core.distinct().kind(), keys(core.distinct().on(), core.items(), true)),
                items,
                from.tables(core.from()),
                expressions.orNull(core.where()),
                keys(core.groupBy(), core.items(), false),
                core.groupByDistinct(),
                expressions.orNull(core.having()),
                core.windows().stream()
                        .map(window ->
                                new QueryBody.WindowDefinition(
                                        window.name(),
                                        expressions.window(window.specification()),
                                        -1))
                        .toList(),
                -1);
    }

    private static SelectItem item(Expression value, @Nullable String name, boolean visible) {
        String known =
                switch (value) {
                    case Expression.ColumnReference reference -> reference.name().last();
                    case Expression.Star _ -> null;
                    default -> visible ? null : "?column?";
                };
        return new SelectItem(value, name != null && name.equals(known) ? null : name, -1);
    }

    private List<Expression> keys(List<Expression> keys, List<SelectItem> items, boolean sorts) {
        return keys.stream().map(key -> key(key, items, sorts)).toList();
    }

    /// A key of ORDER BY, GROUP BY or DISTINCT ON: what the number of a column stands for.
    private Expression key(Expression key, List<SelectItem> items, boolean sorts) {
        if (key instanceof Expression.IntegerLiteral number && !items.isEmpty()) {
            Expression stored = items.get(number.value() - 1).expression();
            Expression labelled = DisplayExpressions.labelled(expressions.of(stored));
            return sorts ? qualified(labelled, stored, items) : labelled;
        }
        if (key instanceof Expression.RowConstructor row && !row.explicit()) {
            return new Expression.RowConstructor(keys(row.fields(), items, sorts), false, -1);
        }
        return sorts ? qualified(expressions.of(key), key, items) : expressions.of(key);
    }

    /// ORDER BY finds output columns before those of tables: a column is qualified where another
    /// output has its name.
    private Expression qualified(Expression value, Expression key, List<SelectItem> items) {
        if (!(value instanceof Expression.ColumnReference reference)
                || reference.name().isQualified()
                || !(key instanceof Expression.ColumnReference stored)) {
            return value;
        }
        String name = reference.name().last();
        boolean isHidden =
                items.stream()
                        .anyMatch(item ->
                                name.equals(item.alias())
                                        && !isColumn(item.expression(), stored.name().dotted()));
        return isHidden ? expressions.qualified(stored) : value;
    }

    private static boolean isColumn(Expression expression, String name) {
        return expression instanceof Expression.ColumnReference reference
                && reference.name().dotted().equals(name);
    }

    private QueryBody sides(
            QueryBody.SetOperation operation, List<String> columns, boolean visible) {
        return new QueryBody.SetOperation(
                operation.operator(),
                operation.all(),
                side(operation.left(), columns, visible),
                side(operation.right(), columns, false),
                -1);
    }

    private QueryBody side(QueryBody side, List<String> columns, boolean visible) {
        return switch (side) {
            case QueryBody.SetOperation operation -> sides(operation, columns, visible);
            case QueryBody.NestedQuery nested ->
                    new QueryBody.NestedQuery(
                            new DisplayNames(relations, level)
                                    .query(nested.query(), columns, visible),
                            -1);
            case QueryBody.SelectCore _, QueryBody.ValuesBody _ ->
                    new DisplayNames(relations, level)
                            .query(SelectStatement.of(side), columns, visible)
                            .body();
        };
    }
}
