package org.cladedb.exec;

import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.physical.PhysicalNode;

/// Compiles physical plans.
public final class PlanCompiler {
    private PlanCompiler() {}

    /// A plan that can be opened any number of times, by one session at a time.
    ///
    /// Its cells, as every operator's, stay the same; `open` makes all changes of a modification.
    public static ModificationOperator compile(PhysicalNode plan, FunctionRegistry registry) {
        PlanState state = new PlanState();
        PlanTranslator translator = new PlanTranslator(registry, state);
        return new CompiledPlan(translator.translate(plan, Scope.empty()), state);
    }
}
