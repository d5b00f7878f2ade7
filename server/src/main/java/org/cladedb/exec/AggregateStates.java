package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;

/// The states of all groups of an aggregation, and what they weigh.
final class AggregateStates {
    private static final int STATE_BYTES = 64;
    private static final int WEIGHING_INTERVAL = 1024;
    private static final int GROUPS_MASK = 255;
    private static final Accumulator[] GIVEN_OUT = {};

    /// Large values that states may take before they are weighed.
    private static final int FED_BYTES_MAX = 1 << 20;

    private final CompiledAggregate[] calls;
    private final WorkSpace space;
    private final MemoryAccount memory;
    private final List<Accumulator[]> groups = new ArrayList<>();
    private long retainedBytes;
    private long fedBytes;
    private boolean grown;
    private int untilWeighing = WEIGHING_INTERVAL;

    /// @param space that the calls were compiled with; for these states only
    AggregateStates(CompiledAggregate[] calls, WorkSpace space) {
        this.calls = calls;
        this.space = space;
        memory = space.memory();
    }

    WorkSpace space() {
        return space;
    }

    /// Whether memory may have been taken for states since the last call.
    boolean hasGrown() {
        boolean answer = grown;
        grown = false;
        return answer;
    }

    /// Whether states take more memory the more rows they are fed.
    boolean grow() {
        return retainedBytes > 0 || Arrays.stream(calls).anyMatch(CompiledAggregate::keepsRows);
    }

    int size() {
        return groups.size();
    }

    /// Starts the next group; groups are numbered from 0.
    void startGroup() {
        memory.reserve((long) STATE_BYTES * (calls.length + 1));
        Accumulator[] states = new Accumulator[calls.length];
        for (int i = 0; i < calls.length; i++) {
            states[i] = calls[i].newState();
        }
        groups.add(states);
        if ((groups.size() & GROUPS_MASK) == 0) {
            grown = true;
        }
    }

    /// Feeds the current input row to a group.
    void add(int group, ExecutionContext context) {
        Accumulator[] states = groups.get(group);
        for (int i = 0; i < calls.length; i++) {
            fedBytes += calls[i].add(states[i], context);
        }
        if (--untilWeighing == 0 || fedBytes > FED_BYTES_MAX + groups.size()) {
            context.checkCancelled();
            weigh();
        }
    }

    /// Counts what the states hold, at a pace that keeps the cost per row constant.
    private void weigh() {
        long bytes = 0;
        for (Accumulator[] states : groups) {
            for (Accumulator state : states) {
                bytes += state.retainedBytes();
            }
        }
        memory.reserve(bytes - retainedBytes);
        grown = true;
        retainedBytes = bytes;
        untilWeighing = Math.max(WEIGHING_INTERVAL, groups.size());
        fedBytes = 0;
    }

    /// Writes the results of a group, which is not fed any more, into the last cells of `row`.
    void finish(int group, Datum[] row, ExecutionContext context) {
        Accumulator[] states = groups.get(group);
        int first = row.length - calls.length;
        for (int i = 0; i < calls.length; i++) {
            states[i].result(row[first + i], context);
        }
        groups.set(group, GIVEN_OUT);
    }

    void clear() {
        groups.clear();
        retainedBytes = 0;
        fedBytes = 0;
        untilWeighing = WEIGHING_INTERVAL;
        memory.releaseAll();
    }
}
