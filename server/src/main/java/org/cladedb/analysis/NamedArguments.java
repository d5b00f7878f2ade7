package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.ParameterNames;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.FunctionArgument;
import org.jspecify.annotations.Nullable;

/// Arguments given by name: `make_interval(days => 10)`.
final class NamedArguments {
    private final ExpressionAnalyzer expressions;

    NamedArguments(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
    }

    /// The arguments in the order of the parameters, with the defaults of those left out between.
    List<Expression> inOrder(Expression.FunctionCall call, String name) {
        List<FunctionArgument> written = call.arguments();
        if (written.stream().allMatch(argument -> argument.name() == null)) {
            return written.stream().map(FunctionArgument::value).toList();
        }
        List<String> parameters = ParameterNames.of(name);
        @Nullable Expression[] values = new @Nullable Expression[parameters.size()];
        int count = 0;
        for (int i = 0; i < written.size(); i++) {
            FunctionArgument argument = written.get(i);
            int place = argument.name() == null ? i : parameters.indexOf(argument.name());
            if (place < 0 || place >= values.length || values[place] != null) {
                throw undefined(call, name);
            }
            values[place] = argument.value();
            count = Math.max(count, place + 1);
        }
        List<Expression> ordered = new ArrayList<>();
        for (Expression value : Arrays.asList(values).subList(0, count)) {
            if (value == null && !ParameterNames.defaultsToZero(name)) {
                throw undefined(call, name);
            }
            ordered.add(value == null ? new Expression.IntegerLiteral(0, call.position()) : value);
        }
        return ordered;
    }

    private DatabaseException undefined(Expression.FunctionCall call, String name) {
        List<String> arguments = new ArrayList<>();
        for (FunctionArgument argument : call.arguments()) {
            String type = TypeText.of(expressions.operand(argument.value()).type());
            arguments.add(argument.name() == null ? type : argument.name() + " => " + type);
        }
        return new DatabaseException(
                        SqlState.UNDEFINED_FUNCTION,
                        "function "
                                + name
                                + "("
                                + String.join(", ", arguments)
                                + ") does not exist")
                .withHint(
                        "No function matches the given name and argument types. You might need"
                                + " to add explicit type casts.")
                .at(call.position());
    }
}
