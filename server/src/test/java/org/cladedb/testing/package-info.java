/// What tests and benchmarks share: a real PostgreSQL to compare with, the real psql, results as
/// text.
@NullMarked
package org.cladedb.testing;

import org.jspecify.annotations.NullMarked;
