package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.types.Datum;

/// Functions in FROM side by side: as many rows as the longest gives, NULLs where another has
/// ended; then, if wanted, the row's number.
final class FunctionScanOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final List<FunctionRows> calls;
    private final boolean ordinality;
    private final PlanState state;
    private final Datum[] row;
    private final Datum number = new Datum();
    private long count;
    private boolean ended = true;

    FunctionScanOperator(List<FunctionRows> calls, boolean ordinality, PlanState state) {
        this.calls = List.copyOf(calls);
        this.ordinality = ordinality;
        this.state = state;
        List<Datum> cells = new ArrayList<>();
        calls.forEach(call -> cells.addAll(List.of(call.cells())));
        if (ordinality) {
            cells.add(number);
        }
        row = cells.toArray(Datum[]::new);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        count = 0;
        ended = false;
        for (FunctionRows call : calls) {
            call.start(context);
        }
    }

    @Override
    public boolean next() {
        if (ended) {
            return false;
        }
        boolean any = false;
        for (FunctionRows call : calls) {
            any |= call.next();
        }
        if (!any) {
            ended = true;
            return false;
        }
        count++;
        if ((count & CANCEL_CHECK_MASK) == 0) {
            state.context().checkCancelled();
        }
        if (ordinality) {
            number.setLong(count);
        }
        return true;
    }

    @Override
    public void close() {
        ended = true;
        calls.forEach(FunctionRows::stop);
    }
}
