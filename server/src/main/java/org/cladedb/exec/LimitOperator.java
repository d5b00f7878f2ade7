package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// LIMIT and OFFSET; with tie keys also the rows after the last one that have its keys.
final class LimitOperator implements Operator {
    private final Operator input;
    private final @Nullable Evaluator count;
    private final @Nullable Evaluator offset;
    private final Evaluator[] tieKeys;
    private final RowEquality tieEquality;
    private final RowBuffer lastKeys;
    private final Datum[] keyValues;
    private final Datum[] lastValues;
    private final PlanState state;
    private long toSkip;
    private long left;
    private boolean inTies;

    LimitOperator(
            Operator input,
            @Nullable Evaluator count,
            @Nullable Evaluator offset,
            Evaluator[] tieKeys,
            List<SqlType> tieTypes,
            PlanState state) {
        this.input = input;
        this.count = count;
        this.offset = offset;
        this.tieKeys = tieKeys;
        this.state = state;
        tieEquality = new RowEquality(tieTypes);
        lastKeys = new RowBuffer(tieTypes, state.operatorMemory());
        keyValues = new Datum[tieKeys.length];
        lastValues = Datum.row(tieKeys.length);
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        left = limit(context);
        toSkip = offset == null ? 0 : RowLimit.ofOffset(offset, context);
        inTies = false;
        input.open(context);
    }

    private long limit(ExecutionContext context) {
        if (count == null) {
            return Long.MAX_VALUE;
        }
        return tieKeys.length > 0 ? RowLimit.withTies(count, context) : RowLimit.of(count, context);
    }

    @Override
    public boolean next() {
        if (left == 0) {
            return inTies && nextTie();
        }
        while (toSkip > 0) {
            if (!input.next()) {
                left = 0;
                return false;
            }
            toSkip--;
        }
        if (!input.next()) {
            left = 0;
            return false;
        }
        left--;
        if (left == 0 && tieKeys.length > 0) {
            inTies = true;
            evaluateKeys();
            lastKeys.clear();
            lastKeys.add(keyValues);
            lastKeys.read(0, lastValues);
        }
        return true;
    }

    private boolean nextTie() {
        if (input.next()) {
            evaluateKeys();
            if (tieEquality.isEqual(keyValues, lastValues)) {
                return true;
            }
        }
        inTies = false;
        return false;
    }

    private void evaluateKeys() {
        ExecutionContext context = state.context();
        for (int i = 0; i < tieKeys.length; i++) {
            keyValues[i] = tieKeys[i].evaluate(context);
        }
    }

    @Override
    public void close() {
        left = 0;
        inTies = false;
        input.close();
        lastKeys.clear();
    }
}
