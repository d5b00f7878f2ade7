package org.cladedb.sql.ast;

import java.util.List;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.cladedb.sql.words.SqlText;

/// Prints calls that were written in a syntax of their own in that syntax again.
final class SpecialCallFormatter {
    private SpecialCallFormatter() {}

    static String format(FunctionCall call) {
        List<Expression> arguments =
                call.arguments().stream().map(FunctionArgument::value).toList();
        int count = arguments.size();
        return switch (call.name().last()) {
            case "extract" ->
                    "EXTRACT(" + word(arguments.get(0)) + " FROM " + text(arguments, 1) + ")";
            case "timezone" ->
                    count == 1
                            ? "(" + text(arguments, 0) + " AT LOCAL)"
                            : "("
                                    + text(arguments, 1)
                                    + " AT TIME ZONE "
                                    + text(arguments, 0)
                                    + ")";
            case "position" ->
                    "POSITION((" + text(arguments, 1) + ") IN (" + text(arguments, 0) + "))";
            case "substring" ->
                    "SUBSTRING("
                            + text(arguments, 0)
                            + " FROM "
                            + text(arguments, 1)
                            + (count > 2 ? " FOR " + text(arguments, 2) : "")
                            + ")";
            case "overlay" ->
                    "OVERLAY("
                            + text(arguments, 0)
                            + " PLACING "
                            + text(arguments, 1)
                            + " FROM "
                            + text(arguments, 2)
                            + (count > 3 ? " FOR " + text(arguments, 3) : "")
                            + ")";
            case "btrim" -> trim("BOTH", arguments);
            case "ltrim" -> trim("LEADING", arguments);
            case "rtrim" -> trim("TRAILING", arguments);
            case "normalize" ->
                    "NORMALIZE("
                            + text(arguments, 0)
                            + (count > 1 ? ", " + word(arguments.get(1)) : "")
                            + ")";
            case "pg_collation_for" -> "COLLATION FOR (" + text(arguments, 0) + ")";
            case "overlaps" ->
                    "(("
                            + ExpressionFormatter.list(arguments.subList(0, 2))
                            + ") OVERLAPS ("
                            + ExpressionFormatter.list(arguments.subList(2, 4))
                            + "))";
            default -> ExpressionFormatter.plainCall(call);
        };
    }

    private static String text(List<Expression> arguments, int index) {
        return ExpressionFormatter.format(arguments.get(index));
    }

    private static String trim(String side, List<Expression> arguments) {
        if (arguments.size() > 2) {
            return "TRIM(" + side + " FROM " + ExpressionFormatter.list(arguments) + ")";
        }
        String characters = arguments.size() > 1 ? " " + text(arguments, 1) : "";
        return "TRIM(" + side + characters + " FROM " + text(arguments, 0) + ")";
    }

    /// A field or form that was a word in the text and is a string in the call.
    private static String word(Expression argument) {
        return argument instanceof Expression.StringLiteral literal
                ? SqlText.identifier(literal.value())
                : ExpressionFormatter.format(argument);
    }
}
