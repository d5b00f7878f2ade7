/// How a statement gets its rows: access paths, algorithms, and the fused reads of groups.
///
/// Columns keep their numbers from [org.cladedb.plan.ir]; `exec` turns each node into one operator.
/// Expressions of physical plans contain physical subplans only.
@NullMarked
package org.cladedb.plan.physical;

import org.jspecify.annotations.NullMarked;
