/// What tests and benchmarks share: a real PostgreSQL to compare with.
@NullMarked
package org.cladedb.testing;

import org.jspecify.annotations.NullMarked;
