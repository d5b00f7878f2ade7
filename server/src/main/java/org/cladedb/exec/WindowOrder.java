package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The rows of a window node in the order of one PARTITION BY and ORDER BY, cut into partitions and
/// these into groups of peers. Positions count in that order.
final class WindowOrder {
    private final WindowRows rows;
    private final Evaluator[] keyEvaluators;
    private final int partitionCount;
    private final Datum[] keyValues;
    private final RowSorter sorter;
    private final RowBuffer keys;
    private final MemoryAccount memory;
    private final RowEquality partitionEquality;
    private final RowEquality orderEquality;
    private final Datum[] left;
    private final Datum[] right;

    private int[] numbers = {};
    private int start;
    private int end;
    private int[] groupStarts = {};
    private int groupCount;

    WindowOrder(WindowCall call, WindowRows rows, ExpressionCompiler compiler, Scope scope) {
        this.rows = rows;
        PlanState state = compiler.state();
        memory = state.operatorMemory();
        List<SortColumn> columns = new ArrayList<>();
        List<TypedExpression> expressions = new ArrayList<>(call.partitionBy());
        for (TypedExpression partition : call.partitionBy()) {
            columns.add(new SortColumn(partition.type(), false, false));
        }
        columns.addAll(SortColumn.of(call.orderBy()));
        call.orderBy().stream().map(SortKey::expression).forEach(expressions::add);
        List<SqlType> types = expressions.stream().map(TypedExpression::type).toList();
        partitionCount = call.partitionBy().size();
        keyEvaluators = compiler.compileAll(expressions, scope);
        keyValues = new Datum[keyEvaluators.length];
        sorter = new RowSorter(List.of(SqlType.INTEGER), columns, state.workSpace());
        keys = RowBuffer.spilling(types, state);
        partitionEquality = new RowEquality(types.subList(0, partitionCount));
        orderEquality = new RowEquality(types.subList(partitionCount, types.size()));
        left = Datum.row(types.size());
        right = Datum.row(types.size());
    }

    /// Sorts all rows.
    void sort(ExecutionContext context) {
        Datum[] number = Datum.row(1);
        for (int i = 0; i < rows.size(); i++) {
            rows.load(i);
            for (int k = 0; k < keyValues.length; k++) {
                keyValues[k] = keyEvaluators[k].evaluate(context);
            }
            number[0].setLong(i);
            keys.add(keyValues);
            sorter.add(number, keyValues);
        }
        sorter.sort();
        memory.reserve(2L * Integer.BYTES * rows.size());
        numbers = new int[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            sorter.next(number);
            numbers[i] = (int) number[0].longValue();
        }
        sorter.clear();
        groupStarts = new int[16];
        start = 0;
        end = 0;
    }

    /// Goes on to the next partition; false after the last.
    boolean nextPartition() {
        start = end;
        if (start == numbers.length) {
            return false;
        }
        groupCount = 0;
        addGroup(start);
        for (end = start + 1; end < numbers.length; end++) {
            keys.read(numbers[end - 1], left);
            keys.read(numbers[end], right);
            if (!partitionEquality.isEqual(left, right)) {
                break;
            }
            if (!orderEquality.isEqual(orderPart(left), orderPart(right))) {
                addGroup(end);
            }
        }
        return true;
    }

    private Datum[] orderPart(Datum[] values) {
        return partitionCount == 0
                ? values
                : Arrays.copyOfRange(values, partitionCount, values.length);
    }

    private void addGroup(int position) {
        if (groupCount == groupStarts.length) {
            groupStarts = Arrays.copyOf(groupStarts, groupCount * 2);
        }
        groupStarts[groupCount++] = position;
    }

    /// Where the current partition begins and ends (exclusive).
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int groupCount() {
        return groupCount;
    }

    /// The group of peers that a position of the partition belongs to.
    int group(int position) {
        int found = Arrays.binarySearch(groupStarts, 0, groupCount, position);
        return found >= 0 ? found : -found - 2;
    }

    int groupStart(int group) {
        return groupStarts[group];
    }

    int groupEnd(int group) {
        return group + 1 < groupCount ? groupStarts[group + 1] : end;
    }

    /// Loads the row at a position into the cells that expressions read.
    void load(int position) {
        rows.load(numbers[position]);
    }

    /// The number of the row at a position.
    int number(int position) {
        return numbers[position];
    }

    int size() {
        return numbers.length;
    }

    /// The value of the first ORDER BY key at a position; valid until the next call.
    Datum orderValue(int position) {
        keys.read(numbers[position], left);
        return left[partitionCount];
    }

    void clear() {
        sorter.clear();
        keys.clear();
        numbers = new int[0];
        groupStarts = new int[0];
        start = 0;
        end = 0;
        memory.releaseAll();
    }
}
