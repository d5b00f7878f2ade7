package org.cladedb.exec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.BuiltinFunctions;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.jspecify.annotations.Nullable;

/// Builds plans by hand, runs them, and shows their rows as text: `1|x|` for (1, 'x', NULL).
final class Plans {
    static final FunctionRegistry REGISTRY = BuiltinFunctions.create();

    private Plans() {}

    static OutputColumn integer(int id) {
        return OutputColumn.computed(id, "c" + id, SqlType.INTEGER);
    }

    static OutputColumn text(int id) {
        return OutputColumn.computed(id, "c" + id, SqlType.TEXT);
    }

    static TypedExpression constant(@Nullable Object value) {
        return switch (value) {
            case null -> new TypedExpression.Constant(new Datum(), SqlType.INTEGER);
            case Boolean truth -> {
                Datum datum = new Datum();
                datum.setBoolean(truth);
                yield new TypedExpression.Constant(datum, SqlType.BOOLEAN);
            }
            case Integer number ->
                    new TypedExpression.Constant(Datum.ofLong(number), SqlType.INTEGER);
            case Long number -> new TypedExpression.Constant(Datum.ofLong(number), SqlType.BIGINT);
            case String text -> new TypedExpression.Constant(Datum.ofText(text), SqlType.TEXT);
            default -> throw new IllegalArgumentException("no constant for " + value);
        };
    }

    static TypedExpression nothing(SqlType type) {
        return new TypedExpression.Constant(new Datum(), type);
    }

    /// A VALUES node; null stands for NULL.
    static PhysicalNode values(List<OutputColumn> columns, @Nullable Object[]... rows) {
        List<List<TypedExpression>> all = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            List<TypedExpression> expressions = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                expressions.add(row[i] == null ? nothing(columns.get(i).type()) : constant(row[i]));
            }
            all.add(expressions);
        }
        return new PhysicalNode.Values(all, columns);
    }

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    static TypedExpression call(String operator, TypedExpression left, TypedExpression right) {
        return new TypedExpression.FunctionCall(
                operator(operator, left.type(), right.type()), List.of(left, right), -1);
    }

    static FunctionRegistry.Resolved operator(String symbol, SqlType left, SqlType right) {
        return REGISTRY.resolveOperator(symbol, List.of(left, right));
    }

    static TypedExpression equal(OutputColumn left, OutputColumn right) {
        return call("=", left.reference(), right.reference());
    }

    static SortKey ascending(OutputColumn column) {
        return new SortKey(column.reference(), false, false);
    }

    static SortKey descending(OutputColumn column) {
        return new SortKey(column.reference(), true, true);
    }

    static Assignment pass(int id, OutputColumn column) {
        return new Assignment(
                OutputColumn.computed(id, column.name(), column.type()), column.reference());
    }

    static PhysicalNode filter(PhysicalNode input, TypedExpression predicate) {
        return new PhysicalNode.Filter(input, predicate);
    }

    /// A sum of integers as bigint; NULL for no rows. Strict.
    static AggregateCall sum(int id, TypedExpression argument, boolean distinct) {
        return aggregate(id, "sum", SqlType.BIGINT, argument, distinct, List.of(), SumState::new);
    }

    /// Texts joined with commas. Strict.
    static AggregateCall join(
            int id, TypedExpression argument, boolean distinct, List<SortKey> orderBy) {
        return aggregate(id, "join", SqlType.TEXT, argument, distinct, orderBy, JoinState::new);
    }

    private static AggregateCall aggregate(
            int id,
            String name,
            SqlType type,
            TypedExpression argument,
            boolean distinct,
            List<SortKey> orderBy,
            AggregateFunction function) {
        FunctionDefinition definition =
                new FunctionDefinition(
                        1,
                        name,
                        List.of(argument.type()),
                        1,
                        type,
                        false,
                        true,
                        FunctionDefinition.Volatility.IMMUTABLE,
                        (FunctionDefinition.Aggregate) (_, _) -> function);
        return new AggregateCall(
                OutputColumn.computed(id, name, type),
                new FunctionRegistry.Resolved(definition, List.of(argument.type()), type),
                List.of(argument),
                distinct,
                orderBy,
                null);
    }

    private static final class SumState implements AggregateFunction.Accumulator {
        private boolean any;
        private long sum;

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            any = true;
            sum += arguments[0].longValue();
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (any) {
                out.setLong(sum);
            } else {
                out.setNull();
            }
        }
    }

    private static final class JoinState implements AggregateFunction.Accumulator {
        private final List<String> parts = new ArrayList<>();

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            parts.add(arguments[0].text());
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (parts.isEmpty()) {
                out.setNull();
            } else {
                out.setText(String.join(",", parts));
            }
        }
    }

    /// Compiles and runs a plan twice (it must give the same both times), with no memory left
    /// reserved; returns its rows.
    static List<String> run(PhysicalNode plan) {
        return run(plan, new TestContext());
    }

    static List<String> run(PhysicalNode plan, TestContext context) {
        PlanState state = new PlanState();
        Operator operator =
                new CompiledPlan(
                        new PlanTranslator(REGISTRY, state, null).translate(plan, Scope.empty()),
                        state);
        List<String> first = read(plan, operator, context);
        List<String> second = read(plan, operator, context);
        if (!first.equals(second)) {
            throw new AssertionError("first run: " + first + ", second run: " + second);
        }
        if (state.memory().usedBytes() != 0) {
            throw new AssertionError("still reserved: " + state.memory().usedBytes());
        }
        return first;
    }

    private static List<String> read(
            PhysicalNode plan, Operator operator, ExecutionContext context) {
        List<String> rows = new ArrayList<>();
        Datum[] row = operator.row();
        try (operator) {
            operator.open(context);
            while (operator.next()) {
                rows.add(show(plan.columns(), row));
            }
            if (operator.next()) {
                throw new AssertionError("a row after the end");
            }
        }
        return rows;
    }

    static String show(List<OutputColumn> columns, Datum[] row) {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.writeByte('|');
            }
            if (!row[i].isNull()) {
                SqlType type = columns.get(i).type();
                boolean nested =
                        type instanceof SqlType.Array array
                                && array.element() instanceof SqlType.Row;
                if (nested) {
                    out.writeBytes(row[i].copyBytes());
                } else {
                    Codecs.of(type).writeText(row[i], TypeContext.DEFAULT, out);
                }
            }
        }
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
