package org.cladedb.plan.rules;

import org.cladedb.plan.ir.LogicalNode;

/// Rewrites a whole plan (not the plans of subqueries inside its expressions: [Rewriter] does
/// those).
interface Rule {
    LogicalNode apply(LogicalNode plan);
}
