package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.cladedb.sql.ast.WithClause;
import org.cladedb.stored.StoredNames;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Rewrites an analysed query into what is stored (see [org.cladedb.stored]): a query that means
/// the same for ever.
final class StoredQueryWriter {
    private final Resolutions resolutions;
    private final StoredExpressionWriter expressions;
    private final Map<Integer, String> rangeNames = new HashMap<>();

    StoredQueryWriter(StatementState state, Resolutions resolutions) {
        this.resolutions = resolutions;
        this.expressions = new StoredExpressionWriter(resolutions, new StoredLiterals(state), this);
    }

    StoredExpressionWriter expressions() {
        return expressions;
    }

    /// What a range variable is called; known once the FROM that brings it was written.
    String rangeName(int number) {
        return rangeNames.getOrDefault(number, StoredNames.range(number, null));
    }

    SelectStatement query(SelectStatement query) {
        WithClause with = query.with() == null ? null : with(query.with());
        QueryBody body = body(query.body());
        List<OrderItem> order = new ArrayList<>();
        Set<Integer> targets = new HashSet<>();
        for (OrderItem item : query.orderBy()) {
            Integer target = resolutions.target(item.expression());
            if (target != null && !targets.add(target)) {
                // What it is sorted by already.
                continue;
            }
            order.add(StoredExpressionWriter.sorted(item, key(item.expression())));
        }
        Expression limit = query.limit();
        Expression offset = query.offset();
        return new SelectStatement(
                with,
                body,
                order,
                limit == null ? null : expressions.unconverted(limit),
                query.withTies(),
                offset == null ? null : expressions.unconverted(offset),
                List.of(),
                -1);
    }

    private WithClause with(WithClause with) {
        List<CommonTableExpression> tables = new ArrayList<>();
        for (CommonTableExpression table : with.tables()) {
            if (!(table.statement() instanceof SelectStatement query)) {
                throw new IllegalStateException("a common table is a query");
            }
            tables.add(
                    new CommonTableExpression(
                            table.name(),
                            table.columns(),
                            table.materialization(),
                            query(query),
                            -1));
        }
        return new WithClause(with.recursive(), tables, -1);
    }

    private QueryBody body(QueryBody body) {
        return switch (body) {
            case QueryBody.SelectCore core -> core(core);
            case QueryBody.SetOperation operation ->
                    new QueryBody.SetOperation(
                            operation.operator(),
                            operation.all(),
                            body(operation.left()),
                            body(operation.right()),
                            -1);
            case QueryBody.ValuesBody values ->
                    new QueryBody.ValuesBody(
                            values.rows().stream().map(expressions::values).toList(), -1);
            case QueryBody.NestedQuery nested ->
                    new QueryBody.NestedQuery(query(nested.query()), -1);
        };
    }

    private QueryBody core(QueryBody.SelectCore core) {
        List<TableExpression> from = tables(core.from());
        List<QueryBody.WindowDefinition> windows =
                core.windows().stream()
                        .map(window ->
                                new QueryBody.WindowDefinition(
                                        window.name(),
                                        expressions.window(window.specification()),
                                        -1))
                        .toList();
        return new QueryBody.SelectCore(
                new QueryBody.Distinct(core.distinct().kind(), keys(core.distinct().on())),
                items(core),
                from,
                expressions.valueOrNull(core.where()),
                keys(core.groupBy()),
                core.groupByDistinct(),
                expressions.valueOrNull(core.having()),
                windows,
                -1);
    }

    private List<Expression> keys(List<Expression> keys) {
        return keys.stream().map(this::key).toList();
    }

    /// A key of ORDER BY, GROUP BY or DISTINCT ON: a column of the select list by number.
    private Expression key(Expression key) {
        Integer target = resolutions.target(key);
        if (target != null) {
            return new Expression.IntegerLiteral(target + 1, -1);
        }
        if (key instanceof Expression.RowConstructor row && !row.explicit()) {
            return new Expression.RowConstructor(keys(row.fields()), false, -1);
        }
        Expression value = expressions.value(key);
        // A number alone, with a sign or without, would be that of a column.
        boolean isNumber =
                value instanceof Expression.IntegerLiteral
                        || (value instanceof Expression.UnaryOperator sign
                                && sign.operand() instanceof Expression.IntegerLiteral);
        return isNumber ? StoredLiterals.cast(value, SqlType.INTEGER) : value;
    }

    private List<SelectItem> items(QueryBody.SelectCore core) {
        List<Expression> values = new ArrayList<>();
        for (SelectItem item : core.items()) {
            switch (item.expression()) {
                case Expression.Star star ->
                        resolutions
                                .star(star)
                                .forEach(column -> values.add(expressions.reference(column)));
                case Expression.FieldStar star -> values.addAll(fields(star));
                case Expression expression -> values.add(expressions.value(expression));
            }
        }
        List<String> names = resolutions.targetNames(core);
        List<SelectItem> items = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            items.add(new SelectItem(values.get(i), names.get(i), -1));
        }
        return items;
    }

    private List<Expression> fields(Expression.FieldStar star) {
        TypedExpression base = resolutions.value(star.base());
        List<Expression> fields = new ArrayList<>();
        if (base != null && base.type() instanceof SqlType.Row row) {
            Expression written = expressions.value(star.base());
            for (SqlType.Field field : row.fields()) {
                fields.add(new Expression.FieldSelection(written, field.name(), -1));
            }
        }
        return fields;
    }

    private List<TableExpression> tables(List<TableExpression> tables) {
        return tables.stream().map(this::table).toList();
    }

    private TableExpression table(TableExpression table) {
        return switch (table) {
            case TableExpression.NamedTable named -> named(named);
            case TableExpression.DerivedTable derived -> {
                SelectStatement query = query(derived.query());
                List<String> columns = columns(derived.alias());
                yield new TableExpression.DerivedTable(
                        query, derived.lateral(), alias(derived, derived.alias(), columns), -1);
            }
            case TableExpression.FunctionTable function -> function(function);
            case TableExpression.Join join -> join(join);
        };
    }

    private static List<String> columns(@Nullable TableAlias alias) {
        return alias == null ? List.of() : alias.columns();
    }

    /// The stored name of a range variable.
    private TableAlias alias(
            TableExpression table, @Nullable TableAlias written, List<String> columns) {
        RangeItem item = item(table);
        int number = resolutions.number(item);
        String name = StoredNames.range(number, written == null ? null : written.name());
        rangeNames.put(number, name);
        return new TableAlias(name, columns, -1);
    }

    private RangeItem item(TableExpression table) {
        RangeItem item = resolutions.table(table);
        if (item == null) {
            throw new IllegalStateException("a table of FROM that was not analysed");
        }
        return item;
    }

    private TableExpression named(TableExpression.NamedTable table) {
        Relation relation = item(table).relation();
        QualifiedName name;
        if (relation == null) {
            name = table.name();
        } else if (relation instanceof SystemTable
                && relation.oid() < CatalogSnapshot.FIRST_USER_OID) {
            name = new QualifiedName(List.of(relation.schema(), relation.name()), -1);
        } else {
            name = StoredNames.relation(relation.oid());
        }
        List<String> columns = columns(table.alias());
        if (relation instanceof Table base && !columns.isEmpty()) {
            columns = bySlot(base, columns);
        }
        return new TableExpression.NamedTable(
                name, table.only(), alias(table, table.alias(), columns), -1);
    }

    /// Names for the first live columns, at the places of their slots.
    private static List<String> bySlot(Table table, List<String> names) {
        List<String> slots = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < table.columns().size() && next < names.size(); i++) {
            slots.add(table.columns().get(i).dropped() ? "?" : names.get(next++));
        }
        return slots;
    }

    private TableExpression function(TableExpression.FunctionTable table) {
        List<TableExpression.TableFunction> functions = new ArrayList<>();
        for (TableExpression.TableFunction function : table.functions()) {
            functions.add(
                    new TableExpression.TableFunction(
                            expressions.value(function.call()), List.of(), -1));
        }
        RangeItem item = item(table);
        String name = item.alias();
        TableAlias written = table.alias();
        List<String> columns = item.columns().stream().map(ScopeColumn::name).toList();
        TableAlias alias =
                written != null || name == null ? written : new TableAlias(name, columns, -1);
        return new TableExpression.FunctionTable(
                functions,
                table.rowsFrom(),
                table.lateral(),
                table.withOrdinality(),
                alias(table, alias, columns),
                -1);
    }

    private TableExpression join(TableExpression.Join join) {
        TableExpression left = table(join.left());
        TableExpression right = table(join.right());
        List<Resolutions.MergedColumn> merged = resolutions.merged(join);
        List<String> using = merged.stream().map(StoredQueryWriter::using).toList();
        String usingAlias =
                using.isEmpty()
                        ? null
                        : StoredNames.range(resolutions.joinNumber(join), join.usingAlias());
        if (usingAlias != null) {
            rangeNames.put(resolutions.joinNumber(join), usingAlias);
        }
        return new TableExpression.Join(
                join.type(),
                left,
                right,
                false,
                using,
                usingAlias,
                expressions.valueOrNull(join.on()),
                joinAlias(join),
                -1);
    }

    private static String using(Resolutions.MergedColumn column) {
        return new StoredNames.Using(
                        column.left().range(),
                        column.left().column(),
                        column.right().range(),
                        column.right().column(),
                        column.name())
                .spelled();
    }

    /// The alias of a join, with what each of its columns is and is called.
    private @Nullable TableAlias joinAlias(TableExpression.Join join) {
        TableAlias alias = join.alias();
        if (alias == null) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        for (ScopeColumn column : item(join).columns()) {
            Resolutions.ColumnPlace place = resolutions.place(column);
            columns.add("r%d.c%d:%s".formatted(place.range(), place.column(), column.name()));
        }
        return new TableAlias(alias.name(), columns, -1);
    }
}
