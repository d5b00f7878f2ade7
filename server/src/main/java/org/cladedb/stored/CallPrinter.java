package org.cladedb.stored;

import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.ast.WindowSpecification.Frame;
import org.cladedb.sql.ast.WindowSpecification.FrameBound;
import org.cladedb.sql.words.SqlText;

/// Prints calls of functions, aggregates and window functions.
final class CallPrinter {
    private final ExpressionPrinter expressions;
    private final TextBuffer out;

    CallPrinter(ExpressionPrinter expressions, TextBuffer out) {
        this.expressions = expressions;
        this.out = out;
    }

    void print(FunctionCall call) {
        if (call.syntax() == Expression.CallSyntax.SQL && printSpecial(call)) {
            return;
        }
        List<String> name = ExpressionPrinter.systemName(call.name().parts());
        out.add(SqlText.qualified(name)).add("(");
        out.add(call.distinct() ? "DISTINCT " : "").add(call.star() ? "*" : "");
        arguments(call);
        if (!call.orderBy().isEmpty()) {
            out.add(call.withinGroup() ? ") WITHIN GROUP (ORDER BY " : " ORDER BY ");
            order(call.orderBy());
        }
        out.add(")");
        if (call.filter() != null) {
            out.add(" FILTER (WHERE ");
            expressions.print(call.filter());
            out.add(")");
        }
        if (call.over() != null) {
            out.add(" OVER ");
            over(call.over());
        }
    }

    private void arguments(FunctionCall call) {
        for (int i = 0; i < call.arguments().size(); i++) {
            FunctionArgument argument = call.arguments().get(i);
            boolean last = i == call.arguments().size() - 1;
            out.add(i == 0 ? "" : ", ").add(last && call.variadic() ? "VARIADIC " : "");
            String name = argument.name();
            out.add(name == null ? "" : SqlText.identifier(name) + " => ");
            expressions.print(argument.value());
        }
    }

    void order(List<OrderItem> items) {
        for (int i = 0; i < items.size(); i++) {
            OrderItem item = items.get(i);
            out.add(i == 0 ? "" : ", ");
            sortExpression(item.expression());
            if (item.operator() != null) {
                out.add(" USING " + ExpressionPrinter.operator(item.operator()));
            }
            out.add(item.descending() ? " DESC" : "");
            if (item.nullsFirst() != item.descending()) {
                out.add(item.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
            }
        }
    }

    /// A key of ORDER BY, GROUP BY or PARTITION BY: what looks like a call could be misread there.
    void sortExpression(Expression key) {
        boolean plain =
                key instanceof Expression.ColumnReference
                        || key instanceof Expression.IntegerLiteral
                        || (key instanceof Expression.Cast cast
                                && ExpressionPrinter.isConstant(cast));
        boolean parentheses =
                !plain
                        && (expressions.layout().fewParentheses()
                                || key instanceof Expression.FunctionCall);
        out.add(parentheses ? "(" : "");
        expressions.print(key);
        out.add(parentheses ? ")" : "");
    }

    private void over(WindowSpecification window) {
        String name = window.name();
        if (window.reference() && name != null) {
            out.add(SqlText.identifier(name));
        } else {
            specification(window);
        }
    }

    /// What stands in the parentheses after OVER, with them.
    void specification(WindowSpecification window) {
        out.add("(");
        String separator = "";
        if (window.name() != null) {
            out.add(SqlText.identifier(window.name()));
            separator = " ";
        }
        if (!window.partitionBy().isEmpty()) {
            out.add(separator).add("PARTITION BY ");
            separator = " ";
            for (int i = 0; i < window.partitionBy().size(); i++) {
                out.add(i == 0 ? "" : ", ");
                sortExpression(window.partitionBy().get(i));
            }
        }
        if (!window.orderBy().isEmpty()) {
            out.add(separator).add("ORDER BY ");
            separator = " ";
            order(window.orderBy());
        }
        if (window.frame() != null) {
            out.add(separator);
            frame(window.frame());
        }
        out.add(")");
    }

    private void frame(Frame frame) {
        out.add(frame.unit().name()).add(" BETWEEN ");
        bound(frame.start());
        out.add(" AND ");
        bound(frame.end());
        switch (frame.exclusion()) {
            case NO_OTHERS -> {}
            case CURRENT_ROW, GROUP, TIES ->
                    out.add(" EXCLUDE " + ExpressionPrinter.words(frame.exclusion()));
        }
    }

    private void bound(FrameBound bound) {
        switch (bound.kind()) {
            case UNBOUNDED_PRECEDING, CURRENT_ROW, UNBOUNDED_FOLLOWING ->
                    out.add(ExpressionPrinter.words(bound.kind()));
            case OFFSET_PRECEDING -> offset(bound, " PRECEDING");
            case OFFSET_FOLLOWING -> offset(bound, " FOLLOWING");
        }
    }

    private void offset(FrameBound bound, String direction) {
        if (bound.offset() != null) {
            expressions.print(bound.offset());
        }
        out.add(direction);
    }

    /// Whether the call has a syntax of its own, in which it is then printed.
    private boolean printSpecial(FunctionCall call) {
        List<Expression> arguments =
                call.arguments().stream().map(FunctionArgument::value).toList();
        int count = arguments.size();
        switch (call.name().last()) {
            case "extract" -> parts("EXTRACT(", word(arguments.get(0)), " FROM ", arguments.get(1));
            case "timezone" -> {
                out.add("(");
                expressions.operand(arguments.get(count - 1), call);
                out.add(count == 1 ? " AT LOCAL" : " AT TIME ZONE ");
                if (count > 1) {
                    expressions.operand(arguments.get(0), call);
                }
                out.add(")");
            }
            case "position" -> {
                parts("POSITION((", arguments.get(1), ") IN (", arguments.get(0));
                out.add(")");
            }
            case "substring" -> {
                parts("SUBSTRING(", arguments.get(0), " FROM ", arguments.get(1), count > 2);
                rest(" FOR ", arguments, 2);
            }
            case "overlay" -> {
                parts("OVERLAY(", arguments.get(0), " PLACING ", arguments.get(1), true);
                out.add(" FROM ");
                expressions.print(arguments.get(2));
                out.add(count > 3 ? "" : ")");
                rest(" FOR ", arguments, 3);
            }
            case "btrim" -> trim("BOTH", arguments);
            case "ltrim" -> trim("LEADING", arguments);
            case "rtrim" -> trim("TRAILING", arguments);
            case "normalize" -> {
                out.add("NORMALIZE(");
                expressions.print(arguments.get(0));
                if (count > 1) {
                    out.add(", ");
                    expressions.print(word(arguments.get(1)));
                }
                out.add(")");
            }
            case "pg_collation_for" -> {
                out.add("COLLATION FOR (");
                expressions.print(arguments.get(0));
                out.add(")");
            }
            case "overlaps" -> {
                out.add("((");
                expressions.list(arguments.subList(0, 2));
                out.add(") OVERLAPS (");
                expressions.list(arguments.subList(2, 4));
                out.add("))");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void parts(String before, Expression first, String between, Expression second) {
        parts(before, first, between, second, false);
    }

    private void parts(
            String before, Expression first, String between, Expression second, boolean open) {
        out.add(before);
        expressions.print(first);
        out.add(between);
        expressions.print(second);
        out.add(open ? "" : ")");
    }

    private void rest(String word, List<Expression> arguments, int index) {
        if (arguments.size() > index) {
            out.add(word);
            expressions.print(arguments.get(index));
            out.add(")");
        }
    }

    private void trim(String side, List<Expression> arguments) {
        out.add("TRIM(" + side);
        if (arguments.size() > 1) {
            out.add(" ");
            expressions.print(arguments.get(1));
        }
        out.add(" FROM ");
        expressions.print(arguments.get(0));
        out.add(")");
    }

    /// A field or form that is a word in the text and a string in the call.
    private static Expression word(Expression argument) {
        Expression plain = argument instanceof Expression.Cast cast ? cast.operand() : argument;
        return plain instanceof Expression.StringLiteral literal
                ? Expression.ColumnReference.of(
                        org.cladedb.sql.ast.QualifiedName.of(literal.value(), -1))
                : argument;
    }
}
