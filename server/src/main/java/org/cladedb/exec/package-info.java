/// Runs physical plans: one pull operator per node, expressions compiled to closures.
///
/// ```
///   PlanCompiler: PhysicalNode ──> Operator tree,  TypedExpression ──> Evaluator tree
///   Operator:  open(context)  next() next() … false   close()      rows in Datum[] row()
/// ```
///
/// **Cells are stable.** [Operator#row()] is the same array of the same cells for the operator's
/// whole life; `next()` fills the cells again. An expression is therefore compiled against the very
/// cells it reads (a column reference *is* the cell), joins concatenate the cells of their inputs
/// without copying, and a correlated subplan is simply compiled against the cells of the outer row
/// and opened again. Operators that keep rows (sort, hash, materialise) copy the values and give
/// them out through cells of their own. An operator never writes into the cells of its input while
/// that is open. Rows of it that were put on disk are read back into these cells after it has been
/// closed: each cell gets values that it had for the same row.
///
/// **Memory.** An operator has `work_mem` for itself ([WorkSpace]) and goes on on disk when that is
/// full: [RowSorter] in sorted runs, [TapePairs] and [DeferredRows] in parts divided by hash,
/// [RowBuffer] in pages. What is kept beyond that ends the statement at its own limit.
///
/// A compiled plan belongs to one session and runs once at a time; it can be opened again and
/// again. Long loops call [ExecutionContext#checkCancelled()] every thousand rows or so.
@NullMarked
package org.cladedb.exec;

import org.jspecify.annotations.NullMarked;
