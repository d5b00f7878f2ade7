/// The inner loops one by one, under JMH, with what they allocate: `bench/run micro`.
///
/// Times on a shared machine are noise; bytes per operation are not. What counts is that reading
/// allocates nothing per row.
@NullMarked
package org.cladedb.bench.micro;

import org.jspecify.annotations.NullMarked;
