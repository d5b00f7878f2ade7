/// Statements after analysis: typed expressions and logical plan nodes, free of names and syntax.
///
/// Every column that some node produces has a number of its own, unique in the statement
/// ([OutputColumn#id()]); expressions refer to columns by that number wherever they stand. A
/// reference to a column that the node's input does not produce is a correlation: the column
/// belongs to an enclosing query (or to the left side of a LATERAL join). So nodes may be moved
/// without rewriting expressions.
///
/// Invariants: types agree everywhere (analysis has inserted every cast); function calls are
/// resolved; nodes and expressions are immutable, and rewriting returns the same instance when
/// nothing changed.
@NullMarked
package org.cladedb.plan.ir;

import org.jspecify.annotations.NullMarked;
