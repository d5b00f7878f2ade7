package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// The columns that a stored expression (a check, default or generation expression) mentions.
final class ExpressionColumns {
    private ExpressionColumns() {}

    /// The one column that the expression mentions; null when it mentions none or several.
    static @Nullable String only(Expression expression) {
        List<String> names =
                references(expression).stream()
                        .map(reference -> reference.name().last())
                        .distinct()
                        .toList();
        return names.size() == 1 ? names.getFirst() : null;
    }

    /// Whether the SQL text mentions the column.
    static boolean mentions(String sql, String column) {
        return references(SqlParser.parseExpression(sql)).stream()
                .anyMatch(reference -> reference.name().last().equals(column));
    }

    /// The SQL text with one column renamed.
    static String renamed(String sql, String column, String newName) {
        StringBuilder text = new StringBuilder(sql);
        String quoted = SqlText.quoted(newName);
        for (Expression.ColumnReference reference :
                references(SqlParser.parseExpression(sql)).reversed()) {
            if (reference.name().last().equals(column) && !reference.name().isQualified()) {
                int start = reference.position();
                int end = start + written(sql, start);
                text.replace(start, end, quoted);
            }
        }
        return text.toString();
    }

    /// The length of the identifier that starts at `start`.
    private static int written(String sql, int start) {
        int end = start;
        if (sql.charAt(start) == '"') {
            do {
                end = sql.indexOf('"', end + 1);
            } while (end + 1 < sql.length() && sql.charAt(end + 1) == '"' && ++end > 0);
            return end + 1 - start;
        }
        while (end < sql.length() && isIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end - start;
    }

    private static boolean isIdentifierPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    /// All references, in the order they stand.
    private static List<Expression.ColumnReference> references(Expression expression) {
        List<Expression.ColumnReference> found = new ArrayList<>();
        collect(expression, found::add);
        found.sort((one, other) -> Integer.compare(one.position(), other.position()));
        return found;
    }

    private static void collect(
            Expression expression, Consumer<Expression.ColumnReference> visitor) {
        switch (expression) {
            case Expression.ColumnReference reference -> visitor.accept(reference);
            case Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.Star _,
                    Expression.DefaultValue _,
                    Expression.ValueFunction _ -> {}
            case Expression.Cast cast -> collect(cast.operand(), visitor);
            case Expression.UnaryOperator operator -> collect(operator.operand(), visitor);
            case Expression.BinaryOperator operator -> {
                collect(operator.left(), visitor);
                collect(operator.right(), visitor);
            }
            case Expression.And and -> collectAll(and.operands(), visitor);
            case Expression.Or or -> collectAll(or.operands(), visitor);
            case Expression.Not not -> collect(not.operand(), visitor);
            case Expression.IsNull test -> collect(test.operand(), visitor);
            case Expression.IsTruth test -> collect(test.operand(), visitor);
            case Expression.IsDistinctFrom test -> {
                collect(test.left(), visitor);
                collect(test.right(), visitor);
            }
            case Expression.Between between -> {
                collect(between.operand(), visitor);
                collect(between.low(), visitor);
                collect(between.high(), visitor);
            }
            case Expression.InList in -> {
                collect(in.operand(), visitor);
                collectAll(in.values(), visitor);
            }
            case Expression.Like like -> {
                collect(like.operand(), visitor);
                collect(like.pattern(), visitor);
                collectOptional(like.escape(), visitor);
            }
            case Expression.QuantifiedArray quantified -> {
                collect(quantified.left(), visitor);
                collect(quantified.array(), visitor);
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
            case Expression.ArrayConstructor array -> collectAll(array.elements(), visitor);
            case Expression.RowConstructor row -> collectAll(row.fields(), visitor);
            case Expression.Case choice -> {
                collectOptional(choice.operand(), visitor);
                for (Expression.WhenClause when : choice.whens()) {
                    collect(when.condition(), visitor);
                    collect(when.result(), visitor);
                }
                collectOptional(choice.otherwise(), visitor);
            }
            case Expression.Coalesce coalesce -> collectAll(coalesce.arguments(), visitor);
            case Expression.NullIf test -> {
                collect(test.left(), visitor);
                collect(test.right(), visitor);
            }
            case Expression.GreatestLeast extreme -> collectAll(extreme.arguments(), visitor);
            case Expression.FunctionCall call ->
                    call.arguments().forEach(argument -> collect(argument.value(), visitor));
            case Expression.Collate collate -> collect(collate.operand(), visitor);
            case Expression.Subscripted subscripted -> {
                collect(subscripted.base(), visitor);
                for (Expression.Subscript subscript : subscripted.subscripts()) {
                    collectOptional(subscript.lower(), visitor);
                    collectOptional(subscript.upper(), visitor);
                }
            }
            case Expression.FieldSelection selection -> collect(selection.base(), visitor);
            case Expression.FieldStar star -> collect(star.base(), visitor);
        }
    }

    private static void collectAll(
            List<Expression> expressions, Consumer<Expression.ColumnReference> visitor) {
        expressions.forEach(expression -> collect(expression, visitor));
    }

    private static void collectOptional(
            @Nullable Expression expression, Consumer<Expression.ColumnReference> visitor) {
        if (expression != null) {
            collect(expression, visitor);
        }
    }
}
