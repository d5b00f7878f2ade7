package org.cladedb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.CallSyntax;
import org.cladedb.sql.ast.Expression.Coalesce;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.words.Keyword;
import org.jspecify.annotations.Nullable;

/// Calls in the ordinary syntax, with everything that may follow the parentheses.
final class FunctionCallParser {
    private final Grammar grammar;
    private final TokenStream tokens;

    FunctionCallParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// What stands between the parentheses of a call.
    private record Arguments(
            List<FunctionArgument> list,
            boolean star,
            boolean distinct,
            boolean variadic,
            List<OrderItem> orderBy) {}

    /// A call whose name is passed already.
    FunctionCall parse(QualifiedName name) {
        Arguments arguments = parenthesized();
        List<OrderItem> orderBy = arguments.orderBy();
        boolean withinGroup = tokens.at(Keyword.WITHIN);
        if (withinGroup) {
            orderBy = withinGroup(arguments, tokens.peek());
        }
        Expression filter = filter();
        WindowSpecification over = tokens.accept(Keyword.OVER) ? grammar.windows.over() : null;
        return call(name, arguments, orderBy, withinGroup, filter, over);
    }

    /// A call that nothing but its parentheses belongs to, as in FROM.
    FunctionCall parsePlain(QualifiedName name) {
        Arguments arguments = parenthesized();
        return call(name, arguments, arguments.orderBy(), false, null, null);
    }

    private static FunctionCall call(
            QualifiedName name,
            Arguments arguments,
            List<OrderItem> orderBy,
            boolean withinGroup,
            @Nullable Expression filter,
            @Nullable WindowSpecification over) {
        return new FunctionCall(
                name,
                arguments.list(),
                arguments.star(),
                arguments.distinct(),
                arguments.variadic(),
                orderBy,
                withinGroup,
                filter,
                over,
                CallSyntax.CALL,
                name.position());
    }

    private Arguments parenthesized() {
        int position = tokens.expect("(").start();
        int outer = grammar.nesting.enter(position);
        Arguments arguments = arguments();
        tokens.expect(")");
        grammar.nesting.leave(outer, position);
        return arguments;
    }

    private Arguments arguments() {
        if (tokens.at(")")) {
            return new Arguments(List.of(), false, false, false, List.of());
        }
        if (tokens.accept("*")) {
            return new Arguments(List.of(), true, false, false, List.of());
        }
        boolean distinct = tokens.accept(Keyword.DISTINCT);
        if (!distinct) {
            tokens.accept(Keyword.ALL);
        }
        List<FunctionArgument> list = new ArrayList<>();
        boolean variadic;
        do {
            variadic = tokens.accept(Keyword.VARIADIC);
            int start = tokens.peek().start();
            FunctionArgument argument = argument();
            checkName(argument, list, start);
            list.add(argument);
        } while (!variadic && tokens.accept(","));
        return new Arguments(list, false, distinct, variadic, grammar.windows.optionalOrderBy());
    }

    private static void checkName(
            FunctionArgument argument, List<FunctionArgument> before, int start) {
        String name = argument.name();
        for (FunctionArgument other : before) {
            if (name == null && other.name() != null) {
                throw TokenStream.complaint(
                        "positional argument cannot follow named argument", start);
            }
            if (name != null && name.equals(other.name())) {
                throw TokenStream.complaint(
                        "argument name \"" + name + "\" used more than once", start);
            }
        }
    }

    private FunctionArgument argument() {
        boolean named =
                NameParser.isTypeOrFunctionName(tokens.peek())
                        && (tokens.peek(1).is("=>") || tokens.peek(1).is(":="));
        if (!named) {
            return new FunctionArgument(null, grammar.expressions.parse());
        }
        String name = tokens.next().text();
        tokens.next();
        return new FunctionArgument(name, grammar.expressions.parse());
    }

    private List<OrderItem> withinGroup(Arguments arguments, Token word) {
        if (!arguments.orderBy().isEmpty()) {
            throw TokenStream.complaint(
                    "cannot use multiple ORDER BY clauses with WITHIN GROUP", word.start());
        }
        if (arguments.distinct()) {
            throw TokenStream.complaint("cannot use DISTINCT with WITHIN GROUP", word.start());
        }
        if (arguments.variadic()) {
            throw TokenStream.complaint("cannot use VARIADIC with WITHIN GROUP", word.start());
        }
        tokens.expectAll(Keyword.WITHIN, Keyword.GROUP);
        tokens.expect("(");
        List<OrderItem> orderBy = grammar.windows.orderBy();
        tokens.expect(")");
        return orderBy;
    }

    private @Nullable Expression filter() {
        if (!tokens.accept(Keyword.FILTER)) {
            return null;
        }
        tokens.expect("(");
        tokens.expect(Keyword.WHERE);
        Expression condition = grammar.expressions.parse();
        tokens.expect(")");
        return condition;
    }

    /// MySQL's `IFNULL(a, b)` is COALESCE.
    Expression simplify(FunctionCall call) {
        boolean ifNull =
                !call.name().isQualified()
                        && call.name().last().equals("ifnull")
                        && call.arguments().size() == 2;
        if (!ifNull) {
            return call;
        }
        List<Expression> values =
                call.arguments().stream().map(argument -> argument.value()).toList();
        return new Coalesce(values, call.position());
    }
}
