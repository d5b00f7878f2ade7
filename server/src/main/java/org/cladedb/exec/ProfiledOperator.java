package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Counts rows, loops and time of another operator.
final class ProfiledOperator implements ModificationOperator {
    private final Operator operator;
    private final NodeProfile profile;
    private @Nullable ExecutionContext context;
    private boolean started;

    ProfiledOperator(Operator operator, NodeProfile profile) {
        this.operator = operator;
        this.profile = profile;
    }

    @Override
    public Datum[] row() {
        return operator.row();
    }

    @Override
    public void open(ExecutionContext newContext) {
        context = newContext;
        started = false;
        profile.loops++;
        long before = newContext.clockMicros();
        operator.open(newContext);
        long spent = newContext.clockMicros() - before;
        profile.startupMicros += spent;
        profile.totalMicros += spent;
    }

    @Override
    public boolean next() {
        ExecutionContext current = context;
        if (current == null) {
            return operator.next();
        }
        long before = current.clockMicros();
        boolean found = operator.next();
        long spent = current.clockMicros() - before;
        profile.totalMicros += spent;
        if (!started) {
            started = true;
            profile.startupMicros += spent;
        }
        if (found) {
            profile.rows++;
        }
        return found;
    }

    @Override
    public long affected() {
        return CompiledPlan.affected(operator);
    }

    @Override
    public void close() {
        operator.close();
        if (operator instanceof SpillingOperator spilling) {
            SpillCounters counters = spilling.spilled();
            profile.diskBytes = Math.max(profile.diskBytes, counters.diskBytes());
            profile.batches = Math.max(profile.batches, counters.batches());
        }
    }
}
