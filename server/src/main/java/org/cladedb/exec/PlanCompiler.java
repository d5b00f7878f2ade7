package org.cladedb.exec;

import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/// Compiles physical plans.
public final class PlanCompiler {
    private PlanCompiler() {}

    /// A plan that can be opened any number of times, by one session at a time.
    ///
    /// Its cells, as every operator's, stay the same; `open` makes all changes of a modification.
    public static ModificationOperator compile(PhysicalNode plan, FunctionRegistry registry) {
        return compile(plan, registry, null);
    }

    /// As [#compile(PhysicalNode, FunctionRegistry)], for EXPLAIN ANALYZE: what each node does is
    /// counted in `profile`.
    public static ModificationOperator compile(
            PhysicalNode plan, FunctionRegistry registry, @Nullable PlanProfile profile) {
        PlanState state = new PlanState();
        PlanTranslator translator = new PlanTranslator(registry, state, profile);
        return new CompiledPlan(translator.translate(plan, Scope.empty()), state);
    }
}
