package org.cladedb.plan;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.plan.ir.ConstantFailure;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.plan.physical.PhysicalPlanner;
import org.cladedb.plan.physical.Statistics;
import org.cladedb.plan.rules.Rewriter;

/// Makes an executable plan of an analysed statement. Stateless; safe for any thread.
public final class Planner {
    private final Rewriter rewriter = Rewriter.standard();

    /// Plans `logical` against `catalog`; the plan is valid as long as the catalog's version, and
    /// good as long as `statistics` say much the same.
    public PhysicalNode plan(LogicalNode logical, CatalogSnapshot catalog, Statistics statistics) {
        LogicalNode rewritten = rewriter.rewrite(logical);
        ConstantFailure.check(rewritten);
        return new PhysicalPlanner(catalog, statistics).plan(rewritten);
    }
}
