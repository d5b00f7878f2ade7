package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The rows of a common table, computed as far as somebody asks for them and kept for all readers.
///
/// A recursive table runs its second part over the rows that the step before has added, which lie
/// side by side in the buffer, until a step adds none. Because rows come on demand, LIMIT ends a
/// recursion that would go on for ever.
final class CommonTableData {
    private final Scope owner;
    private final Operator plan;
    private final PlanState state;
    private final RowBuffer rows;
    private final @Nullable RowSet distinct;
    private @Nullable Operator recursive;
    private boolean insideRecursion;

    private Phase phase = Phase.DONE;
    private int stepStart;
    private int stepEnd;

    private enum Phase {
        FRESH,
        FIRST,
        RECURSIVE,
        DONE
    }

    /// @param owner the scope around the WITH
    /// @param unique whether equal rows are kept once: recursive UNION without ALL
    CommonTableData(
            Scope owner,
            Operator plan,
            List<OutputColumn> columns,
            boolean unique,
            PlanState state) {
        this.owner = owner;
        this.plan = plan;
        this.state = state;
        List<SqlType> types = columns.stream().map(OutputColumn::type).toList();
        rows = RowBuffer.spilling(types, state);
        distinct = unique ? RowSet.spilling(types, state) : null;
    }

    Scope owner() {
        return owner;
    }

    /// While the recursive part is translated its scans read the rows of the step before.
    void beginRecursion() {
        insideRecursion = true;
    }

    void endRecursion(Operator part) {
        insideRecursion = false;
        recursive = part;
    }

    boolean isInsideRecursion() {
        return insideRecursion;
    }

    /// Forgets all rows; they are computed again when asked for.
    void reset() {
        close();
        phase = Phase.FRESH;
    }

    /// Whether there is a row at `position`, having computed rows up to there.
    boolean has(int position) {
        while (position >= rows.size() && phase != Phase.DONE) {
            advance();
        }
        return position < rows.size();
    }

    void read(int position, Datum[] out) {
        rows.read(position, out);
    }

    /// Where the rows of the step before begin and end.
    int stepStart() {
        return stepStart;
    }

    int stepEnd() {
        return stepEnd;
    }

    /// Computes all rows, as changes in WITH must happen whether they are read or not.
    void computeAll() {
        while (phase != Phase.DONE) {
            advance();
        }
    }

    private void advance() {
        switch (phase) {
            case FRESH -> {
                plan.open(state.context());
                phase = Phase.FIRST;
            }
            case FIRST -> {
                if (plan.next()) {
                    add(plan.row());
                } else {
                    plan.close();
                    startStep(0);
                }
            }
            case RECURSIVE -> {
                Operator step = step();
                if (step.next()) {
                    add(step.row());
                } else {
                    step.close();
                    startStep(stepEnd);
                }
            }
            case DONE -> {}
        }
    }

    private Operator step() {
        Operator step = recursive;
        if (step == null) {
            throw new IllegalStateException("the common table is not recursive");
        }
        return step;
    }

    /// Starts a step over the rows from `start` on, if there are any.
    private void startStep(int start) {
        stepStart = start;
        stepEnd = rows.size();
        if (recursive == null || stepStart == stepEnd) {
            phase = Phase.DONE;
        } else {
            state.context().checkCancelled();
            phase = Phase.RECURSIVE;
            step().open(state.context());
        }
    }

    private void add(Datum[] row) {
        if (distinct == null || distinct.add(row)) {
            rows.add(row);
        }
    }

    void close() {
        phase = Phase.DONE;
        stepStart = 0;
        stepEnd = 0;
        plan.close();
        if (recursive != null) {
            recursive.close();
        }
        rows.clear();
        if (distinct != null) {
            distinct.clear();
        }
    }
}
