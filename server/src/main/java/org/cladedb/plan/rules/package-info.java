/// Rewriting rules over logical plans, one class each, applied in the order that [Rewriter] lists.
///
/// A rule keeps the meaning of the plan whatever the data, and gives back the same instance where
/// it does not apply.
@NullMarked
package org.cladedb.plan.rules;

import org.jspecify.annotations.NullMarked;
