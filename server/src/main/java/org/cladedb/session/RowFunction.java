package org.cladedb.session;

import java.util.List;
import java.util.function.Supplier;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.functions.SetFunction;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// Puts rows that are computed elsewhere into a plan, as the rows of a function in FROM.
final class RowFunction {
    private RowFunction() {}

    /// A scan that gives the rows of `source`, which is asked anew each time the scan starts.
    static LogicalNode scan(
            String name, Supplier<SetFunction.Rows> source, List<OutputColumn> columns) {
        SqlType.Row rowType =
                new SqlType.Row(
                        columns.stream()
                                .map(column -> new SqlType.Field(column.name(), column.type()))
                                .toList());
        FunctionDefinition.SetReturning code = (_, _) -> (_, _) -> source.get();
        FunctionDefinition definition =
                new FunctionDefinition(
                        0,
                        name,
                        List.of(),
                        0,
                        rowType,
                        false,
                        false,
                        FunctionDefinition.Volatility.VOLATILE,
                        code);
        TypedExpression call =
                new TypedExpression.FunctionCall(
                        new FunctionRegistry.Resolved(definition, List.of(), rowType),
                        List.of(),
                        -1);
        return new LogicalNode.FunctionScan(List.of(call), false, columns);
    }
}
