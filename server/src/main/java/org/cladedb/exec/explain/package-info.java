/// EXPLAIN: physical plans as PostgreSQL would print them, in text and JSON.
///
/// ```
///   PhysicalNode ──PlanDescriber──> PlanDescription tree ──> TextRenderer | JsonRenderer
/// ```
///
/// Filters and projections are shown as properties of the node they work on, as in PostgreSQL. With
/// a [org.cladedb.exec.PlanProfile] each node also shows what it did.
@NullMarked
package org.cladedb.exec.explain;

import org.jspecify.annotations.NullMarked;
