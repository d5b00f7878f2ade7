package org.cladedb.exec.explain;

import java.util.List;
import java.util.Map;
import org.cladedb.exec.PlanProfile;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/// Prints plans. There are no costs: `EXPLAIN` looks as with PostgreSQL's `COSTS OFF`.
public final class PlanExplainer {
    private PlanExplainer() {}

    /// The plan as text, a line per element.
    ///
    /// @param profile what an execution did, for ANALYZE; null without
    /// @param timing whether times are shown with it
    public static List<String> text(
            PhysicalNode plan, @Nullable PlanProfile profile, boolean timing) {
        return new TextRenderer(timing).render(new PlanDescriber(profile).describe(plan));
    }

    /// The plan as a JSON array of one object, as FORMAT JSON has it.
    ///
    /// @param more members of the object beside `Plan`: names and JSON values, in their order
    public static String json(
            PhysicalNode plan,
            @Nullable PlanProfile profile,
            boolean timing,
            Map<String, String> more) {
        return new JsonRenderer(timing).render(new PlanDescriber(profile).describe(plan), more);
    }
}
