/// Names, scopes, types and coercions: from syntax tree and catalog snapshot to typed plans.
///
/// The last place that sees the syntax tree of a query. It reports what PostgreSQL reports, with
/// the same SQLSTATE, text and position, and decides nothing about how rows are found.
@NullMarked
package org.cladedb.analysis;

import org.jspecify.annotations.NullMarked;
