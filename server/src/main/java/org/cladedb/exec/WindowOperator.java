package org.cladedb.exec;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Adds the columns of window calls. The whole input is kept; the calls of each PARTITION BY and
/// ORDER BY are computed together. Rows come out in the order of the last of these.
final class WindowOperator implements Operator {
    private final Operator input;
    private final WindowRows rows;
    private final List<Stage> stages;
    private final Datum[] row;
    private int position;
    private int size;

    /// Calls that share an order; each writes its results into a cell of its own.
    static final class Stage {
        private final WindowOrder order;
        private final List<WindowFunction> functions;
        private final Datum[] cells;
        private final RowBuffer results;
        private final MemoryAccount memory;
        private int[] positions = {};

        Stage(
                WindowOrder order,
                List<WindowFunction> functions,
                List<SqlType> types,
                Datum[] cells,
                PlanState state) {
            this.order = order;
            this.functions = List.copyOf(functions);
            this.cells = cells;
            memory = state.operatorMemory();
            results = RowBuffer.spilling(types, state);
        }

        private void compute(ExecutionContext context) {
            order.sort(context);
            memory.reserve((long) order.size() * Integer.BYTES);
            positions = new int[order.size()];
            while (order.nextPartition()) {
                for (WindowFunction function : functions) {
                    function.startPartition(order, context);
                }
                for (int i = order.start(); i < order.end(); i++) {
                    for (int f = 0; f < cells.length; f++) {
                        functions.get(f).compute(order, i, context, cells[f]);
                    }
                    positions[order.number(i)] = i;
                    results.add(cells);
                }
            }
        }

        private void read(int number) {
            results.read(positions[number], cells);
        }

        private void clear() {
            order.clear();
            results.clear();
            positions = new int[0];
            memory.releaseAll();
        }
    }

    WindowOperator(Operator input, WindowRows rows, List<Stage> stages, Datum[] row) {
        this.input = input;
        this.rows = rows;
        this.stages = List.copyOf(stages);
        this.row = row;
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        input.open(context);
        while (input.next()) {
            rows.add(input.row());
        }
        input.close();
        for (Stage stage : stages) {
            stage.compute(context);
        }
        size = rows.size();
    }

    @Override
    public boolean next() {
        if (position == size) {
            return false;
        }
        int number = stages.getLast().order.number(position++);
        rows.load(number);
        for (Stage stage : stages) {
            stage.read(number);
        }
        return true;
    }

    @Override
    public void close() {
        position = 0;
        size = 0;
        input.close();
        rows.clear();
        stages.forEach(Stage::clear);
    }
}
