package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.TableExpression.TableAlias;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Functions in FROM.
final class FunctionTableAnalyzer {
    /// Functions whose one output parameter is called `value`.
    private static final Set<String> NAMED_VALUE =
            Set.of(
                    "json_array_elements",
                    "json_array_elements_text",
                    "jsonb_array_elements",
                    "jsonb_array_elements_text");

    private final ExpressionAnalyzer expressions;
    private final FromAnalyzer from;

    FunctionTableAnalyzer(ExpressionAnalyzer expressions, FromAnalyzer from) {
        this.expressions = expressions;
        this.from = from;
    }

    FromAnalyzer.Item analyze(TableExpression.FunctionTable table) {
        List<TypedExpression> calls = new ArrayList<>();
        List<OutputColumn> columns = new ArrayList<>();
        TableAlias alias = table.alias();
        List<TableExpression.TableFunction> functions = spread(table.functions());
        boolean single = functions.size() == 1;
        for (TableExpression.TableFunction function : functions) {
            if (!function.columns().isEmpty()) {
                throw ExpressionAnalyzer.unsupported(
                        "column definition lists are", function.position());
            }
            TypedExpression call = call(function);
            calls.add(call);
            String own = outputName(call);
            String name = own != null ? own : ColumnNames.of(function.call());
            columns.addAll(
                    columns(
                            call,
                            own == null && single && alias != null ? alias.name() : name,
                            function));
        }
        if (table.withOrdinality()) {
            columns.add(expressions.state.column("ordinality", SqlType.BIGINT));
        }
        String name =
                alias != null ? alias.name() : ColumnNames.of(table.functions().getFirst().call());
        FromAnalyzer.Item item =
                from.planned(
                        new LogicalNode.FunctionScan(calls, table.withOrdinality(), columns),
                        name,
                        null,
                        alias,
                        columns.stream().map(OutputColumn::name).toList());
        if (columns.size() == 1 && !(calls.getFirst().type() instanceof SqlType.Row)) {
            item.names().forEach(RangeItem::makeScalar);
        }
        return item;
    }

    /// The name of a function's only output parameter, which goes before that of the function.
    private static @Nullable String outputName(TypedExpression call) {
        return call instanceof TypedExpression.FunctionCall function
                        && NAMED_VALUE.contains(function.function().definition().name())
                ? "value"
                : null;
    }

    /// `unnest(a, b)` stands for `unnest(a)` and `unnest(b)` side by side.
    private static List<TableExpression.TableFunction> spread(
            List<TableExpression.TableFunction> written) {
        List<TableExpression.TableFunction> functions = new ArrayList<>();
        for (TableExpression.TableFunction function : written) {
            if (function.call() instanceof Expression.FunctionCall call
                    && call.arguments().size() > 1
                    && call.name().last().equals("unnest")) {
                for (Expression.FunctionArgument argument : call.arguments()) {
                    functions.add(
                            new TableExpression.TableFunction(
                                    Expression.FunctionCall.of(
                                            call.name(),
                                            List.of(argument.value()),
                                            call.syntax(),
                                            call.position()),
                                    function.columns(),
                                    function.position()));
                }
            } else {
                functions.add(function);
            }
        }
        return functions;
    }

    /// The call, whose arguments may refer to items before it even without LATERAL.
    private TypedExpression call(TableExpression.TableFunction function) {
        boolean before = expressions.scope.lateralActive();
        expressions.scope.lateralActive(true);
        try {
            TypedExpression call =
                    expressions.analyze(function.call(), ExpressionKind.FROM_FUNCTION);
            refuseInnerSets(call, function.position());
            return expressions.coercion.settle(new Operand(call, function.position()));
        } finally {
            expressions.scope.lateralActive(before);
        }
    }

    /// Refuses set-returning calls among the arguments; those of a subquery are its own.
    private static void refuseInnerSets(TypedExpression call, int position) {
        Expressions.mapChildren(
                call,
                part -> {
                    if (isSetReturning(part)) {
                        throw new DatabaseException(
                                        SqlState.FEATURE_NOT_SUPPORTED,
                                        "set-returning functions must appear at top level of"
                                                + " FROM")
                                .at(
                                        part instanceof TypedExpression.FunctionCall inner
                                                ? inner.position()
                                                : position);
                    }
                    refuseInnerSets(part, position);
                    return part;
                },
                plan -> plan);
    }

    private static boolean isSetReturning(TypedExpression expression) {
        return expression instanceof TypedExpression.FunctionCall call
                && call.function().definition().implementation()
                        instanceof FunctionDefinition.SetReturning;
    }

    private List<OutputColumn> columns(
            TypedExpression call, String name, TableExpression.TableFunction function) {
        return switch (call.type()) {
            case SqlType.Row row -> {
                List<OutputColumn> columns = new ArrayList<>();
                for (SqlType.Field field : row.fields()) {
                    columns.add(expressions.state.column(field.name(), field.type()));
                }
                yield columns;
            }
            case SqlType.Scalar scalar when scalar.kind() == TypeKind.RECORD ->
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR,
                                    "a column definition list is required for functions"
                                            + " returning \"record\"")
                            .at(function.position());
            case SqlType.Scalar _, SqlType.Array _ ->
                    List.of(expressions.state.column(name, call.type()));
        };
    }
}
