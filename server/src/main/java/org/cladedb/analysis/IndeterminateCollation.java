package org.cladedb.analysis;

import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionDefinition.Volatility;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.functions.ScalarFunction;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Functions that need a collation where none can be determined: they fail when they are called,
/// which with a NULL they are not.
final class IndeterminateCollation {
    static final String COMPARISON = "string comparison";
    private static final String REGULAR_EXPRESSION = "regular expression";
    private static final Set<String> COMPARING =
            Set.of(
                    "=",
                    "<>",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "@>",
                    "<@",
                    "&&",
                    "^@",
                    "replace",
                    "position",
                    "strpos",
                    "split_part",
                    "starts_with",
                    "string_to_array",
                    "string_to_table",
                    "array_position",
                    "array_positions",
                    "array_remove",
                    "array_replace",
                    "width_bucket",
                    "min",
                    "max");

    private IndeterminateCollation() {}

    /// What the function needs a collation for; null when it needs none.
    static @Nullable String need(Resolved function) {
        List<SqlType> types = function.argumentTypes();
        if (types.isEmpty() || types.stream().noneMatch(Collations::isCollatable)) {
            return null;
        }
        String name = function.definition().name();
        if (COMPARING.contains(name)) {
            return COMPARISON;
        }
        return switch (name) {
            case "upper", "lower", "initcap" -> name + "() function";
            case "~~", "!~~" -> "LIKE";
            case "~~*", "!~~*" -> "ILIKE";
            case "~", "!~", "~*", "!~*" -> REGULAR_EXPRESSION;
            case "substring" ->
                    Collations.isCollatable(types.getLast()) ? REGULAR_EXPRESSION : null;
            default -> name.startsWith("regexp_") ? REGULAR_EXPRESSION : null;
        };
    }

    static DatabaseException failure(String need) {
        return new DatabaseException(
                        SqlState.INDETERMINATE_COLLATION,
                        "could not determine which collation to use for " + need)
                .withHint("Use the COLLATE clause to set the collation explicitly.");
    }

    /// The function as one that fails.
    static Resolved failing(Resolved function, String need) {
        FunctionDefinition definition = function.definition();
        FunctionDefinition.Implementation implementation =
                switch (definition.implementation()) {
                    case FunctionDefinition.Scalar _ ->
                            (FunctionDefinition.Scalar) (_, _) -> fail(need);
                    case FunctionDefinition.SetReturning _ ->
                            (FunctionDefinition.SetReturning)
                                    (_, _) ->
                                            (_, _) -> {
                                                throw failure(need);
                                            };
                    case FunctionDefinition.Aggregate aggregate ->
                            (FunctionDefinition.Aggregate)
                                    (types, result) -> second(aggregate.bind(types, result), need);
                    case FunctionDefinition.Window window -> window;
                };
        // Another name, for nothing may be done by name instead of calling it.
        FunctionDefinition failing =
                new FunctionDefinition(
                        0,
                        definition.name() + " without collation",
                        definition.argumentTypes(),
                        definition.requiredArguments(),
                        definition.resultType(),
                        definition.variadic(),
                        definition.strict(),
                        Volatility.STABLE,
                        implementation);
        return new Resolved(failing, function.argumentTypes(), function.resultType());
    }

    private static ScalarFunction fail(String need) {
        return (_, _, _) -> {
            throw failure(need);
        };
    }

    /// An aggregate that compares: it does so from the second value on.
    private static AggregateFunction second(AggregateFunction aggregate, String need) {
        return () -> {
            AggregateFunction.Accumulator values = aggregate.newAccumulator();
            return new AggregateFunction.Accumulator() {
                private boolean any;

                @Override
                public void add(Datum[] arguments, EvaluationContext context) {
                    if (any) {
                        throw failure(need);
                    }
                    any = true;
                    values.add(arguments, context);
                }

                @Override
                public void result(Datum out, EvaluationContext context) {
                    values.result(out, context);
                }
            };
        };
    }

    /// `choose` over `operands` as a call that compares, and so fails, when two of them are not
    /// NULL; otherwise it gives the other one.
    static TypedExpression extreme(TypedExpression.Extreme choose) {
        return call(
                "extreme",
                choose.operands(),
                choose.type(),
                (in, out, _) -> {
                    Datum found = null;
                    for (Datum value : in) {
                        if (!value.isNull() && found != null) {
                            throw failure(COMPARISON);
                        }
                        found = value.isNull() ? found : value;
                    }
                    if (found == null) {
                        out.setNull();
                    } else {
                        out.copyFrom(found);
                    }
                });
    }

    /// IS DISTINCT FROM, which compares what is not NULL.
    static TypedExpression distinct(TypedExpression.IsDistinct test) {
        return call(
                "distinct",
                List.of(test.left(), test.right()),
                SqlType.BOOLEAN,
                (in, out, _) -> {
                    if (!in[0].isNull() && !in[1].isNull()) {
                        throw failure(COMPARISON);
                    }
                    out.setBoolean((in[0].isNull() != in[1].isNull()) != test.negated());
                });
    }

    private static TypedExpression call(
            String name, List<TypedExpression> operands, SqlType result, ScalarFunction function) {
        List<SqlType> types = operands.stream().map(TypedExpression::type).toList();
        FunctionDefinition definition =
                new FunctionDefinition(
                        0,
                        name + " without collation",
                        types,
                        types.size(),
                        result,
                        false,
                        false,
                        Volatility.STABLE,
                        (FunctionDefinition.Scalar) (_, _) -> function);
        return new TypedExpression.FunctionCall(
                new Resolved(definition, types, result), operands, -1);
    }
}
