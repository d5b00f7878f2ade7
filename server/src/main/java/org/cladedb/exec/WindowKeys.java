package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Where partitions and groups of peers begin: compares the keys of the row that the input stands
/// on with those of the row kept last.
final class WindowKeys {
    private final Evaluator[] evaluators;
    private final RowEquality partitionEquality;
    private final RowEquality orderEquality;
    private final Half read;
    private final Half kept;

    /// The keys of one row, and those of its order apart.
    private record Half(Datum[] all, Datum[] order, CellKeeper keeper) {
        static Half of(List<SqlType> types, int partitionCount) {
            Datum[] all = Datum.row(types.size());
            List<OutputColumn> columns = new ArrayList<>();
            types.forEach(type -> columns.add(OutputColumn.computed(columns.size(), "", type)));
            return new Half(
                    all,
                    Arrays.copyOfRange(all, partitionCount, all.length),
                    new CellKeeper(columns, all));
        }
    }

    WindowKeys(WindowCall call, ExpressionCompiler compiler, Scope inputScope) {
        List<TypedExpression> expressions = new ArrayList<>(call.partitionBy());
        call.orderBy().stream().map(SortKey::expression).forEach(expressions::add);
        List<SqlType> types = expressions.stream().map(TypedExpression::type).toList();
        int partitionCount = call.partitionBy().size();
        evaluators = compiler.compileAll(expressions, inputScope);
        partitionEquality = new RowEquality(types.subList(0, partitionCount));
        orderEquality = new RowEquality(types.subList(partitionCount, types.size()));
        read = Half.of(types, partitionCount);
        kept = Half.of(types, partitionCount);
    }

    /// Takes the keys of the row that the input stands on.
    void read(ExecutionContext context) {
        for (int i = 0; i < evaluators.length; i++) {
            read.all[i].copyFrom(evaluators[i].evaluate(context));
        }
    }

    boolean samePartition() {
        return partitionEquality.isEqual(read.all, kept.all);
    }

    boolean samePeers() {
        return orderEquality.isEqual(read.order, kept.order);
    }

    /// Keeps the keys read last for the comparisons to come.
    void keep() {
        for (int i = 0; i < evaluators.length; i++) {
            kept.all[i].copyFrom(read.all[i]);
        }
        kept.keeper.keep();
    }
}
