package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// One aggregate call of a plan: makes the state of a group and feeds rows to it.
final class CompiledAggregate {
    /// Their result does not depend on the order of the rows.
    private static final Set<String> ORDERLESS =
            Set.of(
                    "count",
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "bool_and",
                    "bool_or",
                    "every",
                    "bit_and",
                    "bit_or",
                    "bit_xor");

    /// Values up to here are weighed now and then.
    private static final int LARGE_BYTES = 1 << 10;

    private final AggregateCall call;
    private final AggregateFunction function;
    private final boolean strict;
    private final Evaluator[] inputs;
    private final @Nullable Evaluator filter;
    private final Datum[] values;
    private final int argumentCount;

    /// Whether a row gives the same values when it is read again.
    private final boolean removable;

    private final WorkSpace space;

    private CompiledAggregate(
            AggregateCall call, Evaluator[] inputs, @Nullable Evaluator filter, WorkSpace space) {
        this.space = space;
        this.call = call;
        this.inputs = inputs;
        this.filter = filter;
        function = bind(call.function());
        strict = call.function().definition().strict();
        values = new Datum[inputs.length];
        argumentCount = call.arguments().size();
        TypedExpression condition = call.filter();
        removable =
                (condition == null || !Expressions.isVolatile(condition))
                        && call.arguments().stream().noneMatch(Expressions::isVolatile);
    }

    /// @param space what the states of groups keep is counted there; given back by the operator
    static CompiledAggregate compile(
            AggregateCall call, ExpressionCompiler compiler, Scope scope, WorkSpace space) {
        List<TypedExpression> inputs = new ArrayList<>(call.arguments());
        call.orderBy().forEach(key -> inputs.add(key.expression()));
        return new CompiledAggregate(
                call,
                compiler.compileAll(inputs, scope),
                compiler.compileOptional(call.filter(), scope),
                space);
    }

    static AggregateFunction bind(FunctionRegistry.Resolved function) {
        if (function.definition().implementation()
                instanceof FunctionDefinition.Aggregate aggregate) {
            return aggregate.bind(function.argumentTypes(), function.resultType());
        }
        throw new DatabaseException(
                SqlState.WRONG_OBJECT_TYPE,
                function.definition().name() + " is not an aggregate function");
    }

    /// Whether the state of a group keeps rows, because of DISTINCT or ORDER BY.
    boolean keepsRows() {
        return call.distinct() || !call.orderBy().isEmpty();
    }

    /// The state of a new group.
    AggregateFunction.Accumulator newState() {
        if (call.orderBy().isEmpty()) {
            if (!call.distinct()) {
                return function.newAccumulator();
            }
            if (ORDERLESS.contains(call.function().definition().name())) {
                return new DistinctAccumulator(function.newAccumulator(), argumentTypes(), space);
            }
        }
        return new SortingAccumulator(
                function, argumentTypes(), SortColumn.of(call.orderBy()), call.distinct(), space);
    }

    private List<SqlType> argumentTypes() {
        return call.arguments().stream().map(TypedExpression::type).toList();
    }

    /// Feeds the current input row; returns the bytes of its large values.
    long add(AggregateFunction.Accumulator state, ExecutionContext context) {
        if (!readRow(context)) {
            return 0;
        }
        state.add(values, context);
        long large = 0;
        for (Datum value : values) {
            if (value.length() > LARGE_BYTES && !value.isNull()) {
                large += value.length();
            }
        }
        return large;
    }

    /// Takes the current input row back, the earliest of those fed; false if that is not possible,
    /// and the state useless.
    boolean remove(AggregateFunction.Accumulator state, ExecutionContext context) {
        return removable && (!readRow(context) || state.remove(values, context));
    }

    /// Reads the arguments of the current row; false if it does not count.
    private boolean readRow(ExecutionContext context) {
        if (filter != null && !Evaluators.isTrue(filter, context)) {
            return false;
        }
        for (int i = 0; i < inputs.length; i++) {
            Datum value = inputs[i].evaluate(context);
            if (strict && i < argumentCount && value.isNull()) {
                return false;
            }
            values[i] = value;
        }
        return true;
    }
}
