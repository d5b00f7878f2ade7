package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.JoinType;
import org.cladedb.stored.StoredNames;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// JOIN with ON, USING and NATURAL.
final class JoinAnalyzer {
    private final ExpressionAnalyzer expressions;
    private final FromAnalyzer from;
    private final QueryScope scope;

    JoinAnalyzer(ExpressionAnalyzer expressions, FromAnalyzer from) {
        this.expressions = expressions;
        this.from = from;
        this.scope = expressions.scope;
    }

    FromAnalyzer.Item analyze(TableExpression.Join join) {
        FromAnalyzer.Item left =
                from.item(
                        join.left(), join.type() == JoinType.RIGHT || join.type() == JoinType.FULL);
        boolean lateral = join.type() != JoinType.RIGHT && join.type() != JoinType.FULL;
        List<RangeItem> outside = scope.items();
        List<RangeItem> beside = new ArrayList<>(outside);
        for (RangeItem item : left.names()) {
            item.lateral(true, lateral);
            beside.add(item);
        }
        scope.swapItems(beside);
        FromAnalyzer.Item right;
        try {
            right =
                    from.item(
                            join.right(),
                            join.type() == JoinType.LEFT || join.type() == JoinType.FULL);
        } finally {
            scope.swapItems(outside);
        }
        FromAnalyzer.checkNames(left.names(), right.names());
        List<RangeItem> both = new ArrayList<>(left.names());
        both.addAll(right.names());
        both.forEach(item -> item.lateral(false, true));

        if (scope.state().context().storedText() && !join.using().isEmpty()) {
            return stored(join, left, right);
        }
        List<String> using = join.natural() ? shared(left, right) : join.using();
        JoinKind kind = kind(join.type());
        Merged merged = merge(using, left, right, kind, join);
        TypedExpression condition =
                join.on() == null ? merged.condition() : onCondition(join, both);
        fillNulls(kind, left, right);
        JoinSource source = new JoinSource(kind, left.source(), right.source(), condition);
        return new FromAnalyzer.Item(source, names(join, using, merged, both));
    }

    /// A join of stored text with USING: says by number which columns are merged.
    private FromAnalyzer.Item stored(
            TableExpression.Join join, FromAnalyzer.Item left, FromAnalyzer.Item right) {
        List<Pair> pairs = new ArrayList<>();
        for (String spelled : join.using()) {
            StoredNames.Using using = StoredNames.Using.of(spelled);
            pairs.add(
                    new Pair(
                            StoredText.column(left.names(), using.leftRange(), using.leftColumn()),
                            StoredText.column(
                                    right.names(), using.rightRange(), using.rightColumn())));
        }
        JoinKind kind = kind(join.type());
        Merged merged = merge(pairs, kind, join);
        fillNulls(kind, left, right);
        JoinSource source = new JoinSource(kind, left.source(), right.source(), merged.condition());
        List<RangeItem> names = new ArrayList<>(left.names());
        names.addAll(right.names());
        names.add(StoredText.range(join.usingAlias(), null, null, merged.shared()));
        return new FromAnalyzer.Item(source, names);
    }

    private static JoinKind kind(JoinType type) {
        return switch (type) {
            case CROSS, INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
        };
    }

    private static void fillNulls(JoinKind kind, FromAnalyzer.Item left, FromAnalyzer.Item right) {
        if (kind == JoinKind.LEFT || kind == JoinKind.FULL) {
            right.names().forEach(RangeItem::makeNullable);
        }
        if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            left.names().forEach(RangeItem::makeNullable);
        }
    }

    private @Nullable TypedExpression onCondition(TableExpression.Join join, List<RangeItem> both) {
        if (join.on() == null) {
            return null;
        }
        List<RangeItem> outside = scope.swapItems(both);
        try {
            return expressions.condition(join.on(), ExpressionKind.JOIN_ON, "JOIN/ON");
        } finally {
            scope.swapItems(outside);
        }
    }

    private static List<String> shared(FromAnalyzer.Item left, FromAnalyzer.Item right) {
        Set<String> rightNames = new HashSet<>();
        visible(right).forEach(column -> rightNames.add(column.name()));
        return visible(left).stream()
                .map(ScopeColumn::name)
                .filter(rightNames::contains)
                .distinct()
                .toList();
    }

    private static List<ScopeColumn> visible(FromAnalyzer.Item side) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (RangeItem item : side.names()) {
            if (item.columnsVisible()) {
                columns.addAll(item.columns());
            }
        }
        return columns;
    }

    /// The columns of a join with USING, merged ones first, and its condition.
    private record Merged(
            List<ScopeColumn> columns,
            List<ScopeColumn> shared,
            @Nullable TypedExpression condition) {}

    private Merged merge(
            List<String> using,
            FromAnalyzer.Item left,
            FromAnalyzer.Item right,
            JoinKind kind,
            TableExpression.Join join) {
        List<ScopeColumn> leftColumns = visible(left);
        List<ScopeColumn> rightColumns = visible(right);
        List<Pair> pairs = new ArrayList<>();
        List<ScopeColumn> rest = new ArrayList<>(leftColumns);
        rest.addAll(rightColumns);
        Set<String> seen = new HashSet<>();
        for (String name : using) {
            if (!seen.add(name)) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column name \"" + name + "\" appears more than once in USING clause");
            }
            ScopeColumn leftColumn = find(leftColumns, name, "left");
            ScopeColumn rightColumn = find(rightColumns, name, "right");
            rest.remove(leftColumn);
            rest.remove(rightColumn);
            pairs.add(new Pair(leftColumn, rightColumn));
        }
        Merged merged = merge(pairs, kind, join);
        List<ScopeColumn> columns = new ArrayList<>(merged.shared());
        columns.addAll(rest);
        return new Merged(columns, merged.shared(), merged.condition());
    }

    /// Columns that become one.
    private record Pair(ScopeColumn left, ScopeColumn right) {}

    private Merged merge(List<Pair> pairs, JoinKind kind, TableExpression.Join join) {
        List<ScopeColumn> shared = new ArrayList<>();
        List<TypedExpression> equalities = new ArrayList<>();
        for (Pair pair : pairs) {
            equalities.add(
                    expressions.operators.binary(
                            "=",
                            new Operand(pair.left().read(), join.position()),
                            new Operand(pair.right().read(), join.position()),
                            join.position()));
            shared.add(mergedColumn(pair.left(), pair.right(), kind, join.position()));
        }
        if (scope.state().resolutions() != null) {
            scope.state()
                    .resolutions()
                    .merge(
                            join,
                            pairs.stream().map(Pair::left).toList(),
                            pairs.stream().map(Pair::right).toList(),
                            shared);
        }
        return new Merged(shared, shared, Expressions.and(equalities));
    }

    private static ScopeColumn find(List<ScopeColumn> columns, String name, String side) {
        ScopeColumn found = null;
        for (ScopeColumn column : columns) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw new DatabaseException(
                            SqlState.AMBIGUOUS_COLUMN,
                            "common column name \""
                                    + name
                                    + "\" appears more than once in "
                                    + side
                                    + " table");
                }
                found = column;
            }
        }
        if (found == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN,
                    "column \""
                            + name
                            + "\" specified in USING clause does not exist in "
                            + side
                            + " table");
        }
        return found;
    }

    private ScopeColumn mergedColumn(
            ScopeColumn left, ScopeColumn right, JoinKind kind, int position) {
        Coercion coercion = expressions.coercion;
        SqlType common =
                left.type().equals(right.type())
                        ? left.type()
                        : coercion.commonType(
                                List.of(
                                        new Operand(left.read(), position),
                                        new Operand(right.read(), position)),
                                "JOIN/USING");
        // An inner join takes the side that need not be converted.
        boolean takesRight =
                kind == JoinKind.RIGHT
                        || (kind == JoinKind.INNER
                                && !left.type().equals(common)
                                && right.type().equals(common));
        ScopeColumn chosen = takesRight ? right : left;
        if (kind != JoinKind.FULL && chosen.type().equals(common)) {
            return chosen;
        }
        return new ScopeColumn(
                left.name(),
                common,
                0,
                0,
                () -> {
                    if (kind != JoinKind.FULL) {
                        return chosen(chosen, common, position);
                    }
                    return new TypedExpression.Coalesce(
                            List.of(
                                    coercion.implicit(new Operand(left.read(), position), common),
                                    coercion.implicit(new Operand(right.read(), position), common)),
                            common);
                });
    }

    /// One side's column in the type of both, which has a length only if they agree on it.
    private TypedExpression chosen(ScopeColumn column, SqlType common, int position) {
        TypedExpression value =
                expressions.coercion.implicit(new Operand(column.read(), position), common);
        return value.type().equals(common)
                ? value
                : new TypedExpression.Cast(value, common, false, position);
    }

    /// What the join makes visible: itself where it has an alias or merged columns, else its sides.
    private List<RangeItem> names(
            TableExpression.Join join, List<String> using, Merged merged, List<RangeItem> both) {
        List<RangeItem> names = new ArrayList<>();
        if (scope.state().context().storedText()) {
            return both;
        }
        if (join.alias() != null) {
            // The alias hides what is inside.
            both.forEach(RangeItem::hideRelation);
            RangeItem item =
                    new RangeItem(
                            join.alias().name(),
                            null,
                            true,
                            FromAnalyzer.aliased(
                                    join.alias().name(), join.alias(), merged.columns()));
            if (scope.state().resolutions() != null) {
                scope.state().resolutions().join(join, item, merged.columns());
            }
            scope.rangeTable().add(item);
            names.add(item);
            return names;
        }
        if (using.isEmpty()) {
            return both;
        }
        for (RangeItem item : both) {
            item.hideColumns();
            names.add(item);
        }
        names.add(new RangeItem(null, null, false, merged.columns()));
        if (join.usingAlias() != null) {
            RangeItem item = new RangeItem(join.usingAlias(), null, true, merged.shared());
            item.hideColumns();
            FromAnalyzer.checkNames(both, List.of(item));
            names.add(item);
        }
        return names;
    }
}
