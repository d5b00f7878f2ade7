package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The hash table of a join's right side: its rows, and key values that are no columns of it, in
/// one buffer. Rows come out through [#row()] and [#keys()].
final class JoinBuild {
    private final Operator input;
    private final JoinKeys inputKeys;
    private final JoinHashTable table;
    private final RowBuffer rows;
    private final boolean keepsUnmatchable;
    // What is stored of a row: cells of the input and of computed keys; and where it is read to.
    private final Datum[] stored;
    private final Datum[] read;
    private final int[] keyColumns;
    private final Datum[] row;
    private final Datum[] keys;

    /// @param keepsUnmatchable whether rows with a NULL in the key are kept, for RIGHT and FULL
    JoinBuild(
            Operator input,
            List<OutputColumn> columns,
            List<SqlType> keyTypes,
            Evaluator[] keyEvaluators,
            boolean keepsUnmatchable,
            MemoryAccount memory) {
        this.input = input;
        this.keepsUnmatchable = keepsUnmatchable;
        inputKeys = new JoinKeys(keyEvaluators, keyTypes);
        table = new JoinHashTable(memory);
        List<SqlType> types = new ArrayList<>();
        columns.forEach(column -> types.add(column.type()));
        int width = types.size();
        keyColumns = new int[keyEvaluators.length];
        for (int i = 0; i < keyColumns.length; i++) {
            keyColumns[i] = columnOf(keyEvaluators[i], input.row());
            if (keyColumns[i] < 0) {
                keyColumns[i] = types.size();
                types.add(keyTypes.get(i));
            }
        }
        rows = new RowBuffer(types, memory);
        stored = Arrays.copyOf(input.row(), types.size());
        read = Datum.row(types.size());
        row = Arrays.copyOf(read, width);
        keys = new Datum[keyColumns.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = read[keyColumns[i]];
        }
    }

    private static int columnOf(Evaluator evaluator, Datum[] row) {
        if (evaluator instanceof CellEvaluator.Plain plain) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] == plain.cell()) {
                    return i;
                }
            }
        }
        return -1;
    }

    /// The cells of the right row read last.
    Datum[] row() {
        return row;
    }

    /// The key values of the right row read last.
    Datum[] keys() {
        return keys;
    }

    int size() {
        return rows.size();
    }

    /// Reads the whole input.
    void fill(ExecutionContext context) {
        clear();
        input.open(context);
        while (input.next()) {
            boolean hasKey = inputKeys.evaluate(context);
            if (hasKey || keepsUnmatchable) {
                store(hasKey);
            }
        }
        input.close();
        table.seal();
    }

    private void store(boolean hasKey) {
        int width = row.length;
        for (int i = 0; i < keyColumns.length; i++) {
            if (keyColumns[i] >= width) {
                // A row without a key is never compared: what its key columns hold is the same.
                stored[keyColumns[i]] = hasKey ? inputKeys.values()[i] : read[keyColumns[i]];
            }
        }
        rows.add(stored);
        table.add(inputKeys.hash(), hasKey);
    }

    int first(int hash) {
        return table.first(hash);
    }

    int next(int number) {
        return table.next(number);
    }

    void read(int number) {
        rows.read(number, read);
    }

    void setRowNull() {
        for (Datum cell : row) {
            cell.setNull();
        }
    }

    void clear() {
        input.close();
        rows.clear();
        table.clear();
    }
}
