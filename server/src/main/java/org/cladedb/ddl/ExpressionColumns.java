package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/// The columns that a stored expression (a check, default or generation expression) mentions.
final class ExpressionColumns {
    private ExpressionColumns() {}

    /// The one column that the expression mentions; null when it mentions none or several.
    static @Nullable String only(Expression expression, TableDraft draft) {
        List<String> names =
                references(expression).stream()
                        .map(reference -> reference.name().last())
                        .distinct()
                        .toList();
        // A reference to the whole row is to no column.
        return names.size() == 1 && draft.find(names.getFirst()) != null ? names.getFirst() : null;
    }

    /// Fails for a system column.
    ///
    /// @param message what to say of a column
    static void requireNoSystemColumn(Expression expression, TableDraft draft, String message) {
        for (Expression.ColumnReference reference : references(expression)) {
            String name = reference.name().last();
            if (Column.SYSTEM_NAMES.contains(name)) {
                boolean isOid = name.equals("tableoid");
                throw new DatabaseException(
                                isOid
                                        ? SqlState.FEATURE_NOT_SUPPORTED
                                        : SqlState.INVALID_COLUMN_REFERENCE,
                                isOid
                                        ? "column tableoid in an expression of a table is not supported"
                                                + " yet"
                                        : message.formatted(name))
                        .at(draft.isNew() ? reference.position() : -1);
            }
        }
    }

    /// All references, in the order they stand.
    private static List<Expression.ColumnReference> references(Expression expression) {
        List<Expression.ColumnReference> found = new ArrayList<>();
        forEach(
                expression,
                part -> {
                    if (part instanceof Expression.ColumnReference reference) {
                        found.add(reference);
                    }
                });
        found.sort((one, other) -> Integer.compare(one.position(), other.position()));
        return found;
    }

    /// Visits the expression and all its parts.
    static void forEach(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        switch (expression) {
            case Expression.ColumnReference _,
                    Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.Star _,
                    Expression.DefaultValue _,
                    Expression.ValueFunction _ -> {}
            case Expression.Cast cast -> forEach(cast.operand(), visitor);
            case Expression.UnaryOperator operator -> forEach(operator.operand(), visitor);
            case Expression.BinaryOperator operator -> {
                forEach(operator.left(), visitor);
                forEach(operator.right(), visitor);
            }
            case Expression.And and -> forEachOf(and.operands(), visitor);
            case Expression.Or or -> forEachOf(or.operands(), visitor);
            case Expression.Not not -> forEach(not.operand(), visitor);
            case Expression.IsNull test -> forEach(test.operand(), visitor);
            case Expression.IsTruth test -> forEach(test.operand(), visitor);
            case Expression.IsDistinctFrom test -> {
                forEach(test.left(), visitor);
                forEach(test.right(), visitor);
            }
            case Expression.Between between -> {
                forEach(between.operand(), visitor);
                forEach(between.low(), visitor);
                forEach(between.high(), visitor);
            }
            case Expression.InList in -> {
                forEach(in.operand(), visitor);
                forEachOf(in.values(), visitor);
            }
            case Expression.Like like -> {
                forEach(like.operand(), visitor);
                forEach(like.pattern(), visitor);
                forEachIn(like.escape(), visitor);
            }
            case Expression.QuantifiedArray quantified -> {
                forEach(quantified.left(), visitor);
                forEach(quantified.array(), visitor);
            }
            case Expression.InSubquery _,
                    Expression.QuantifiedSubquery _,
                    Expression.Exists _,
                    Expression.Subquery _,
                    Expression.Multiset _,
                    Expression.ArraySubquery _ ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot use subquery in check constraint or default expression");
            case Expression.ArrayConstructor array -> forEachOf(array.elements(), visitor);
            case Expression.RowConstructor row -> forEachOf(row.fields(), visitor);
            case Expression.Case choice -> {
                forEachIn(choice.operand(), visitor);
                for (Expression.WhenClause when : choice.whens()) {
                    forEach(when.condition(), visitor);
                    forEach(when.result(), visitor);
                }
                forEachIn(choice.otherwise(), visitor);
            }
            case Expression.Coalesce coalesce -> forEachOf(coalesce.arguments(), visitor);
            case Expression.NullIf test -> {
                forEach(test.left(), visitor);
                forEach(test.right(), visitor);
            }
            case Expression.GreatestLeast extreme -> forEachOf(extreme.arguments(), visitor);
            case Expression.FunctionCall call ->
                    call.arguments().forEach(argument -> forEach(argument.value(), visitor));
            case Expression.Collate collate -> forEach(collate.operand(), visitor);
            case Expression.Subscripted subscripted -> {
                forEach(subscripted.base(), visitor);
                for (Expression.Subscript subscript : subscripted.subscripts()) {
                    forEachIn(subscript.lower(), visitor);
                    forEachIn(subscript.upper(), visitor);
                }
            }
            case Expression.FieldSelection selection -> forEach(selection.base(), visitor);
            case Expression.FieldStar star -> forEach(star.base(), visitor);
        }
    }

    private static void forEachOf(List<Expression> expressions, Consumer<Expression> visitor) {
        expressions.forEach(expression -> forEach(expression, visitor));
    }

    private static void forEachIn(@Nullable Expression expression, Consumer<Expression> visitor) {
        if (expression != null) {
            forEach(expression, visitor);
        }
    }
}
