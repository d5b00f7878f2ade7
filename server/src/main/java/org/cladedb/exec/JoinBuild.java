package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The hash table of a join's right side: its rows, and key values that are no columns of it, in
/// one buffer. Rows come out through [#row()] and [#keys()].
///
/// Calls: `fill`; if not all fits, `divide`, and then `load` as often as there are parts.
final class JoinBuild {
    private static final int LOAD_FACTOR = 3;

    private final Operator input;
    private final JoinKeys inputKeys;
    private final JoinHashTable table;
    private final RowBuffer rows;
    private final RowBytes rowBytes;
    private final WorkSpace space;
    private final Use use;
    // What is stored of a row: cells of the input and of computed keys; and where it is read to.
    private final Datum[] stored;
    private final Datum[] read;
    private final int[] keyColumns;
    private final Datum[] row;
    private final Datum[] keys;

    enum Use {
        /// By a join, for INNER, LEFT, SEMI and ANTI.
        JOIN,
        /// By a join that gives out rows without matches: those with a NULL in the key are kept.
        OUTER_JOIN,
        /// In no order: the rows go on on disk by themselves, what finds them stays in memory.
        LOOKUP
    }

    JoinBuild(
            Operator input,
            List<OutputColumn> columns,
            List<SqlType> keyTypes,
            Evaluator[] keyEvaluators,
            Use use,
            WorkSpace space) {
        this.input = input;
        this.use = use;
        this.space = space;
        inputKeys = new JoinKeys(keyEvaluators, keyTypes);
        table = new JoinHashTable(space.memory());
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
        rowBytes = new RowBytes(types);
        rows =
                use == Use.LOOKUP
                        ? RowBuffer.spilling(types, space)
                        : new RowBuffer(types, space.memory());
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

    WorkSpace space() {
        return space;
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

    /// Reads the input; false when it was not read to its end because memory is full.
    boolean fill(ExecutionContext context) {
        clear();
        input.open(context);
        while (input.next()) {
            boolean hasKey = inputKeys.evaluate(context);
            if (hasKey || use == Use.OUTER_JOIN) {
                copyKeys(hasKey);
                rows.add(stored);
                table.add(inputKeys.hash(), hasKey);
                if (use != Use.LOOKUP && rows.hasGrown() && space.isFull()) {
                    return false;
                }
            }
        }
        input.close();
        table.seal();
        return true;
    }

    /// The form in which rows are written by [#divide].
    RowBytes rowBytes() {
        return rowBytes;
    }

    /// Where rows that were written can be read to.
    Datum[] storedCells() {
        return read;
    }

    /// Writes the rows that are here, and the rest of the input, to disk.
    void divide(TapePairs target, ExecutionContext context) {
        for (int i = 0; i < rows.size(); i++) {
            rows.read(i, read);
            target.addRight(table.hash(i), table.hasKey(i), read);
        }
        clearRows();
        while (input.next()) {
            boolean hasKey = inputKeys.evaluate(context);
            if (hasKey || use == Use.OUTER_JOIN) {
                copyKeys(hasKey);
                target.addRight(inputKeys.hash(), hasKey, stored);
            }
        }
        input.close();
    }

    /// Replaces the rows by those of a tape, as far as they fit; false when there are more.
    boolean load(RowTapeReader source) {
        clearRows();
        // Parts were made to be smaller than memory; a little more does no harm.
        long most = LOAD_FACTOR * space.memory().workBytes();
        while (source.next(read)) {
            rows.add(read);
            table.add(source.hash(), source.hasKey());
            if (rows.hasGrown() && space.memory().usedBytes() > most) {
                table.seal();
                return false;
            }
        }
        table.seal();
        return true;
    }

    /// Takes computed keys over into what is stored of a row.
    private void copyKeys(boolean hasKey) {
        int width = row.length;
        for (int i = 0; i < keyColumns.length; i++) {
            if (keyColumns[i] >= width) {
                // A row without a key is never compared: what its key columns hold is the same.
                stored[keyColumns[i]] = hasKey ? inputKeys.values()[i] : read[keyColumns[i]];
            }
        }
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
        clearRows();
    }

    void clearRows() {
        rows.clear();
        table.clear();
    }
}
