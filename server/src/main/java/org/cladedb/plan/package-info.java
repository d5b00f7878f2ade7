/// From logical to physical plans: rewriting rules, then access paths and algorithms.
///
/// ```
///   LogicalNode ──Rewriter (plan.rules, in order)──> LogicalNode ──PhysicalPlanner──> PhysicalNode
/// ```
///
/// Plans of subqueries inside expressions are rewritten and planned like the plan around them.
@NullMarked
package org.cladedb.plan;

import org.jspecify.annotations.NullMarked;
