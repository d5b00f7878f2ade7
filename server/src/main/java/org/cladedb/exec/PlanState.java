package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all operators and evaluators of one compiled plan share while it runs.
final class PlanState {
    private final MemoryAccount memory = new MemoryAccount();
    private final List<Runnable> closers = new ArrayList<>();
    private long execution;
    private @Nullable ExecutionContext context;

    /// Starts the next execution: results cached for the one before no longer count.
    void begin(ExecutionContext newContext) {
        execution++;
        context = newContext;
        memory.begin(newContext.memoryLimitBytes());
    }

    /// Ends the execution: what was kept for its whole length is let go.
    void end() {
        closers.forEach(Runnable::run);
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

    MemoryAccount memory() {
        return memory;
    }
}
