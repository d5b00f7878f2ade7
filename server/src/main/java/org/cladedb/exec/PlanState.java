package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillSpace;
import org.jspecify.annotations.Nullable;

/// What all operators and evaluators of one compiled plan share while it runs.
final class PlanState {
    private final MemoryAccount memory = MemoryAccount.detached();
    private final SpillSpace disk = new SpillSpace();
    private final List<Runnable> closers = new ArrayList<>();
    private long execution;
    private @Nullable ExecutionContext context;

    /// Starts the next execution: results cached for the one before no longer count.
    void begin(ExecutionContext newContext) {
        execution++;
        context = newContext;
        memory.attach(newContext.memory());
        disk.begin(newContext);
    }

    /// Ends the execution: what was kept for its whole length is let go.
    void end() {
        closers.forEach(Runnable::run);
        disk.end();
        memory.detach();
        context = null;
    }

    /// Has `closer` run at the end of every execution; called while the plan is compiled.
    void whenClosed(Runnable closer) {
        closers.add(closer);
    }

    /// Grows with each execution; caches of results remember it.
    long execution() {
        return execution;
    }

    /// The context of the current execution, for operators between `open` and `close`.
    ExecutionContext context() {
        ExecutionContext current = context;
        if (current == null) {
            throw new IllegalStateException("the plan is not open");
        }
        return current;
    }

    /// A new account and counters for an operator that goes on on disk; made while the plan is
    /// compiled.
    WorkSpace workSpace() {
        return new WorkSpace(operatorMemory(), disk, new SpillCounters());
    }

    /// What the whole plan keeps.
    MemoryAccount memory() {
        return memory;
    }

    /// A new account for an operator, or for what else may keep `work_mem`; made while the plan is
    /// compiled.
    MemoryAccount operatorMemory() {
        return memory.part();
    }
}
