package org.cladedb.analysis;

import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.jspecify.annotations.Nullable;

/// The names of select list items without an alias, as PostgreSQL chooses them.
final class ColumnNames {
    private static final String NONE = "?column?";

    private ColumnNames() {}

    static String of(Expression expression) {
        Choice choice = choose(expression);
        return choice == null ? NONE : choice.name();
    }

    /// A name, and whether it is better than that of a type.
    private record Choice(String name, boolean strong) {}

    private static @Nullable Choice choose(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference reference -> strong(reference.name().last());
            case Expression.FieldSelection selection -> strong(selection.field());
            case Expression.FunctionCall call -> strong(call.name().last());
            case Expression.Subscripted subscripted -> choose(subscripted.base());
            case Expression.Collate collate -> choose(collate.operand());
            case Expression.Cast cast -> {
                Choice inner = choose(cast.operand());
                yield inner != null && inner.strong()
                        ? inner
                        : new Choice(cast.type().name().last(), false);
            }
            case Expression.Case choice -> {
                Choice inner = choice.otherwise() == null ? null : choose(choice.otherwise());
                yield inner != null && inner.strong() ? inner : new Choice("case", false);
            }
            case Expression.Coalesce _ -> strong("coalesce");
            case Expression.NullIf _ -> strong("nullif");
            case Expression.GreatestLeast extreme ->
                    strong(extreme.greatest() ? "greatest" : "least");
            case Expression.ArrayConstructor _, Expression.ArraySubquery _ -> strong("array");
            case Expression.RowConstructor _ -> strong("row");
            case Expression.Exists _ -> strong("exists");
            case Expression.Subquery subquery -> subquery(subquery.query());
            case Expression.ValueFunction function -> strong(name(function));
            case Expression.Star star ->
                    star.qualifier() == null ? null : strong(star.qualifier().last());
            case Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.DefaultValue _,
                    Expression.UnaryOperator _,
                    Expression.BinaryOperator _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Not _,
                    Expression.IsNull _,
                    Expression.IsTruth _,
                    Expression.IsDistinctFrom _,
                    Expression.Between _,
                    Expression.InList _,
                    Expression.InSubquery _,
                    Expression.Like _,
                    Expression.QuantifiedArray _,
                    Expression.QuantifiedSubquery _,
                    Expression.Multiset _,
                    Expression.FieldStar _ ->
                    null;
        };
    }

    private static Choice strong(String name) {
        return new Choice(name, true);
    }

    /// A subquery of one column has that column's name.
    private static @Nullable Choice subquery(SelectStatement query) {
        return switch (query.body()) {
            case QueryBody.SelectCore core when core.items().size() == 1 -> {
                SelectItem item = core.items().getFirst();
                yield strong(item.alias() != null ? item.alias() : of(item.expression()));
            }
            case QueryBody.NestedQuery nested -> subquery(nested.query());
            case QueryBody.ValuesBody values when values.rows().getFirst().size() == 1 ->
                    strong("column1");
            case QueryBody.SetOperation operation -> subquery(SelectStatement.of(operation.left()));
            case QueryBody.SelectCore _, QueryBody.ValuesBody _ -> null;
        };
    }

    private static String name(Expression.ValueFunction function) {
        return switch (function.kind()) {
            case CURRENT_DATE -> "current_date";
            case CURRENT_TIME -> "current_time";
            case CURRENT_TIMESTAMP -> "current_timestamp";
            case LOCALTIME -> "localtime";
            case LOCALTIMESTAMP -> "localtimestamp";
            case CURRENT_ROLE -> "current_role";
            case CURRENT_USER -> "current_user";
            case USER -> "user";
            case SESSION_USER -> "session_user";
            case SYSTEM_USER -> "system_user";
            case CURRENT_CATALOG -> "current_catalog";
            case CURRENT_SCHEMA -> "current_schema";
        };
    }
}
