package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.SetFunction;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The rows of one function call in FROM or in the SELECT list; any other expression gives one row.
///
/// A call whose type is a row has a cell per field, every other one cell. After the last row all
/// cells are NULL.
final class FunctionRows {
    private final @Nullable SetFunction function;
    private final boolean strict;
    private final Evaluator[] arguments;
    private final Datum[] values;
    private final boolean expands;
    private final Datum[] cells;
    private SetFunction.@Nullable Rows rows;
    private boolean single;

    private FunctionRows(
            @Nullable SetFunction function,
            boolean strict,
            Evaluator[] arguments,
            boolean expands,
            int width) {
        this.function = function;
        this.strict = strict;
        this.arguments = arguments;
        this.expands = expands;
        values = new Datum[arguments.length];
        cells = Datum.row(width);
    }

    /// @param expandsRows whether the fields of a single row become cells, as in FROM
    static FunctionRows compile(
            TypedExpression expression,
            boolean expandsRows,
            ExpressionCompiler compiler,
            Scope scope) {
        int width = expression.type() instanceof SqlType.Row row ? row.fields().size() : 1;
        if (expression instanceof TypedExpression.FunctionCall call
                && call.function().definition().implementation()
                        instanceof FunctionDefinition.SetReturning set) {
            return new FunctionRows(
                    set.bind(call.function().argumentTypes(), call.function().resultType()),
                    call.function().definition().strict(),
                    compiler.compileAll(call.arguments(), scope),
                    false,
                    width);
        }
        Evaluator[] value = {compiler.compile(expression, scope)};
        boolean expands = expandsRows && expression.type() instanceof SqlType.Row;
        return new FunctionRows(null, false, value, expands, expands ? width : 1);
    }

    /// Whether the expression gives any number of rows.
    boolean isSet() {
        return function != null;
    }

    Datum[] cells() {
        return cells;
    }

    /// Starts a call with the arguments of now.
    void start(ExecutionContext context) {
        boolean anyNull = false;
        for (int i = 0; i < arguments.length; i++) {
            values[i] = arguments[i].evaluate(context);
            anyNull |= values[i].isNull();
        }
        rows = function == null || (strict && anyNull) ? null : function.call(values, context);
        single = function == null;
    }

    /// Fills the cells with the next row, or with NULLs at the end.
    boolean next() {
        SetFunction.Rows current = rows;
        if (current != null) {
            if (current.next(cells)) {
                return true;
            }
            rows = null;
        } else if (single) {
            single = false;
            takeValue();
            return true;
        }
        setNull();
        return false;
    }

    private void takeValue() {
        if (!expands) {
            cells[0].copyFrom(values[0]);
        } else if (values[0].isNull()) {
            setNull();
        } else {
            List<Datum> fields = values[0].rowValue().values();
            for (int i = 0; i < cells.length; i++) {
                cells[i].copyFrom(fields.get(i));
            }
        }
    }

    private void setNull() {
        for (Datum cell : cells) {
            cell.setNull();
        }
    }

    void stop() {
        rows = null;
        single = false;
    }
}
