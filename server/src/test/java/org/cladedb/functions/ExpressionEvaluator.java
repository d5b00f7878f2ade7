package org.cladedb.functions;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry.Cast;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TypeName;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Evaluates SQL expressions straight on the registry, so that functions are tested without the
/// layers above: literals, casts, operators, calls, ARRAY and ROW, and aggregates over `(select
/// agg(x) from unnest(…) x)` or `from (values …) v(x)`.
final class ExpressionEvaluator {
    record Value(SqlType type, Datum datum) {}

    private final FunctionRegistry registry;
    private final EvaluationContext context;
    private final Map<String, Value> names = new HashMap<>();
    private List<Map<String, Value>> rows = List.of();

    ExpressionEvaluator(FunctionRegistry registry, EvaluationContext context) {
        this.registry = registry;
        this.context = context;
    }

    /// The rows of the value; one unless the expression is a call of a set-returning function.
    List<Value> evaluate(String sql) {
        return rows(SqlParser.parseExpression(sql));
    }

    String text(Value value) {
        if (value.datum().isNull()) {
            return "\\N";
        }
        ByteWriter out = new ByteWriter();
        Codecs.of(value.type()).writeText(value.datum(), context.types(), out);
        return new String(out.toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<Value> rows(Expression expression) {
        if (expression instanceof Expression.FunctionCall call) {
            List<Value> arguments = arguments(call);
            Resolved resolved = resolve(call, arguments);
            if (resolved.definition().implementation()
                    instanceof FunctionDefinition.SetReturning set) {
                return callSet(resolved, set, arguments);
            }
        }
        return List.of(value(expression));
    }

    private List<Value> callSet(
            Resolved resolved, FunctionDefinition.SetReturning set, List<Value> arguments) {
        Datum[] in = coerceAll(arguments, resolved.argumentTypes());
        if (resolved.definition().strict()) {
            for (Datum datum : in) {
                if (datum.isNull()) {
                    return List.of();
                }
            }
        }
        SqlType type = resolved.resultType();
        int columns = type instanceof SqlType.Row row ? row.fields().size() : 1;
        SetFunction.Rows result = set.bind(resolved.argumentTypes(), type).call(in, context);
        List<Value> values = new ArrayList<>();
        Datum[] out = Datum.row(columns);
        while (result.next(out)) {
            Datum cell = new Datum();
            if (type instanceof SqlType.Row row) {
                List<Datum> fields = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    fields.add(out[i].freeze(row.fields().get(i).type().form()));
                }
                cell.setObject(new RowValue(row, fields));
            } else {
                cell = out[0].freeze(type.form());
            }
            values.add(new Value(type, cell));
        }
        return values;
    }

    private Value value(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral _ -> new Value(SqlType.UNKNOWN, new Datum());
            case Expression.BooleanLiteral literal -> truth(literal.value());
            case Expression.IntegerLiteral literal ->
                    new Value(SqlType.INTEGER, Datum.ofLong(literal.value()));
            case Expression.DecimalLiteral literal -> decimal(literal.text());
            case Expression.StringLiteral literal ->
                    new Value(SqlType.UNKNOWN, Datum.ofText(literal.value()));
            case Expression.Cast cast -> cast(value(cast.operand()), type(cast.type()));
            case Expression.UnaryOperator unary ->
                    operator(unary.operator().symbol(), value(unary.operand()));
            case Expression.BinaryOperator binary ->
                    operator(
                            binary.operator().symbol(),
                            value(binary.left()),
                            value(binary.right()));
            case Expression.FunctionCall call -> call(call);
            case Expression.Like like -> like(like);
            case Expression.IsNull isNull ->
                    truth(value(isNull.operand()).datum().isNull() != isNull.negated());
            case Expression.Not not -> {
                Value operand = coerce(value(not.operand()), SqlType.BOOLEAN);
                yield operand.datum().isNull() ? operand : truth(!operand.datum().booleanValue());
            }
            case Expression.ArrayConstructor array -> array(array.elements());
            case Expression.RowConstructor row -> row(row.fields());
            case Expression.ColumnReference column -> column(column);
            case Expression.Subquery subquery -> subquery(subquery.query());
            default ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "not in this evaluator: " + expression.getClass().getSimpleName());
        };
    }

    private static Value truth(boolean value) {
        Datum datum = new Datum();
        datum.setBoolean(value);
        return new Value(SqlType.BOOLEAN, datum);
    }

    private static Value decimal(String text) {
        BigDecimal number = new BigDecimal(text);
        boolean integer = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (integer && number.unscaledValue().bitLength() < Long.SIZE) {
            return new Value(SqlType.BIGINT, Datum.ofLong(number.longValueExact()));
        }
        Datum datum = new Datum();
        datum.setNumeric(number);
        return new Value(SqlType.NUMERIC, datum);
    }

    private Value column(Expression.ColumnReference reference) {
        Value value = names.get(reference.name().dotted());
        if (value == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN, "no column " + reference.name().dotted());
        }
        return value;
    }

    private SqlType type(TypeName name) {
        TypeKind kind = TypeKind.byTypeName(name.name().last());
        if (kind == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "type \"" + name.name().last() + "\" does not exist");
        }
        List<Long> modifiers =
                name.modifiers().stream().map(value -> value(value).datum().longValue()).toList();
        SqlType type = new SqlType.Scalar(kind, modifier(kind, modifiers));
        return name.isArray() ? SqlType.arrayOf(type) : type;
    }

    private static int modifier(TypeKind kind, List<Long> values) {
        if (values.isEmpty()) {
            return -1;
        }
        int first = values.getFirst().intValue();
        return switch (kind) {
            case NUMERIC -> {
                int scale = values.size() > 1 ? values.get(1).intValue() : 0;
                yield (first << 16 | (scale & 0x7FF)) + 4;
            }
            case VARCHAR, BPCHAR -> first + 4;
            case INTERVAL -> 0x7FFF << 16 | first;
            default -> first;
        };
    }

    private Value cast(Value value, SqlType to) {
        Cast cast = registry.cast(value.type(), to);
        if (cast == null) {
            throw new DatabaseException(
                    SqlState.CANNOT_COERCE,
                    "cannot cast type " + TypeText.of(value.type()) + " to " + TypeText.of(to));
        }
        Datum out = new Datum();
        if (value.datum().isNull() || cast.function() == null) {
            out.copyFrom(value.datum());
        } else {
            cast.function().apply(new Datum[] {value.datum()}, out, context);
        }
        return new Value(to, out.freeze(to.form()));
    }

    private Value coerce(Value value, SqlType to) {
        return Coercions.sameType(value.type(), to) && to.modifier() < 0
                ? new Value(to, value.datum())
                : cast(value, to);
    }

    private Datum[] coerceAll(List<Value> values, List<SqlType> types) {
        Datum[] result = new Datum[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] =
                    types.get(i).kind() == TypeKind.ANY || types.get(i).kind() == TypeKind.UNKNOWN
                            ? values.get(i).datum()
                            : coerce(values.get(i), types.get(i)).datum();
        }
        return result;
    }

    private Value operator(String symbol, Value... operands) {
        List<Value> values = List.of(operands);
        Resolved resolved =
                registry.resolveOperator(symbol, values.stream().map(Value::type).toList());
        return apply(resolved, values);
    }

    private Value apply(Resolved resolved, List<Value> arguments) {
        Datum[] in = coerceAll(arguments, resolved.argumentTypes());
        Datum out = new Datum();
        boolean call = true;
        for (Datum datum : in) {
            call &= !resolved.definition().strict() || !datum.isNull();
        }
        if (call) {
            FunctionDefinition.Scalar scalar =
                    (FunctionDefinition.Scalar) resolved.definition().implementation();
            scalar.bind(resolved.argumentTypes(), resolved.resultType()).apply(in, out, context);
        }
        return new Value(resolved.resultType(), out.freeze(resolved.resultType().form()));
    }

    private List<Value> arguments(Expression.FunctionCall call) {
        if (call.arguments().stream().anyMatch(argument -> mentionsRow(argument.value()))) {
            // Types only: aggregates evaluate their arguments once a row.
            names.putAll(rows.isEmpty() ? Map.of() : rows.getFirst());
        }
        return call.arguments().stream().map(argument -> value(argument.value())).toList();
    }

    private boolean mentionsRow(Expression expression) {
        return !rows.isEmpty() && expression != null;
    }

    private Resolved resolve(Expression.FunctionCall call, List<Value> arguments) {
        return registry.resolveFunction(
                call.name().last(), arguments.stream().map(Value::type).toList());
    }

    private Value call(Expression.FunctionCall call) {
        List<Value> arguments = arguments(call);
        Resolved resolved = resolve(call, arguments);
        if (resolved.definition().implementation() instanceof FunctionDefinition.Aggregate agg) {
            return aggregate(call, resolved, agg);
        }
        return apply(resolved, arguments);
    }

    private Value aggregate(
            Expression.FunctionCall call, Resolved resolved, FunctionDefinition.Aggregate agg) {
        AggregateFunction.Accumulator accumulator =
                agg.bind(resolved.argumentTypes(), resolved.resultType()).newAccumulator();
        for (Map<String, Value> row : rows) {
            names.putAll(row);
            List<Value> values =
                    call.arguments().stream().map(argument -> value(argument.value())).toList();
            Datum[] in = coerceAll(values, resolved.argumentTypes());
            boolean add = true;
            for (Datum datum : in) {
                add &= !resolved.definition().strict() || !datum.isNull();
            }
            if (add) {
                accumulator.add(in, context);
            }
        }
        Datum out = new Datum();
        accumulator.result(out, context);
        return new Value(resolved.resultType(), out.freeze(resolved.resultType().form()));
    }

    private Value subquery(SelectStatement query) {
        if (!(query.body() instanceof QueryBody.SelectCore core) || core.from().size() != 1) {
            throw new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, "not in this evaluator");
        }
        List<Map<String, Value>> source = new ArrayList<>();
        switch (core.from().getFirst()) {
            case TableExpression.FunctionTable table -> {
                String alias = Objects.requireNonNull(table.alias()).name();
                for (Value value : rows(table.functions().getFirst().call())) {
                    source.add(Map.of(alias, value));
                }
            }
            case TableExpression.DerivedTable table -> {
                List<String> columns = Objects.requireNonNull(table.alias()).columns();
                source = values((QueryBody.ValuesBody) table.query().body(), columns);
            }
            default ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "not in this evaluator");
        }
        ExpressionEvaluator inner = new ExpressionEvaluator(registry, context);
        inner.rows = source;
        return inner.value(core.items().getFirst().expression());
    }

    private List<Map<String, Value>> values(QueryBody.ValuesBody body, List<String> columns) {
        List<Map<String, Value>> result = new ArrayList<>();
        for (List<Expression> row : body.rows()) {
            Map<String, Value> cells = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                int column = i;
                SqlType type =
                        registry.commonType(
                                body.rows().stream()
                                        .map(other -> value(other.get(column)).type())
                                        .toList());
                cells.put(columns.get(i), coerce(value(row.get(i)), Objects.requireNonNull(type)));
            }
            result.add(cells);
        }
        return result;
    }

    private Value like(Expression.Like like) {
        Value operand = value(like.operand());
        Value pattern = value(like.pattern());
        if (like.kind() == Expression.LikeKind.SIMILAR_TO) {
            List<Value> parts = new ArrayList<>(List.of(pattern));
            if (like.escape() != null) {
                parts.add(value(like.escape()));
            }
            return negate(operator("~", operand, named("similar_to_escape", parts)), like);
        }
        if (like.escape() != null) {
            pattern = named("like_escape", List.of(pattern, value(like.escape())));
        }
        String symbol = like.kind() == Expression.LikeKind.LIKE ? "~~" : "~~*";
        return negate(operator(symbol, operand, pattern), like);
    }

    private Value named(String name, List<Value> arguments) {
        return apply(
                registry.resolveFunction(name, arguments.stream().map(Value::type).toList()),
                arguments);
    }

    private static Value negate(Value value, Expression.Like like) {
        return value.datum().isNull() || !like.negated()
                ? value
                : truth(!value.datum().booleanValue());
    }

    private Value array(List<Expression> elements) {
        List<Value> values = elements.stream().map(this::value).toList();
        SqlType common =
                Objects.requireNonNull(
                        registry.commonType(values.stream().map(Value::type).toList()));
        Datum out = new Datum();
        if (common instanceof SqlType.Array array) {
            List<Datum> cells = new ArrayList<>();
            ArrayValue first = values.getFirst().datum().arrayValue();
            List<Integer> dimensions = new ArrayList<>(first.dimensions());
            dimensions.addFirst(values.size());
            for (Value value : values) {
                cells.addAll(coerce(value, common).datum().arrayValue().elements());
            }
            List<Integer> bounds = dimensions.stream().map(_ -> 1).toList();
            out.setObject(new ArrayValue(array.element(), dimensions, bounds, cells));
            return new Value(common, out);
        }
        List<Datum> cells = values.stream().map(value -> coerce(value, common).datum()).toList();
        out.setObject(ArrayValue.of(common, cells));
        return new Value(SqlType.arrayOf(common), out);
    }

    private Value row(List<Expression> expressions) {
        List<SqlType.Field> fields = new ArrayList<>();
        List<Datum> cells = new ArrayList<>();
        for (Expression expression : expressions) {
            Value value = value(expression);
            if (value.type().kind() == TypeKind.UNKNOWN) {
                value = coerce(value, SqlType.TEXT);
            }
            fields.add(new SqlType.Field("f" + (fields.size() + 1), value.type()));
            cells.add(value.datum());
        }
        SqlType.Row type = new SqlType.Row(fields);
        Datum out = new Datum();
        out.setObject(new RowValue(type, cells));
        return new Value(type, out);
    }
}
