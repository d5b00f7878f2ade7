/// End-to-end benchmarks beside PostgreSQL 18 on the same machine, by the same clients.
///
/// Read traffic is measured with [DrainClient], which sends a query, reads to ReadyForQuery and
/// throws the bytes away, so that the server is measured and not a driver.
@NullMarked
package org.cladedb.bench;

import org.jspecify.annotations.NullMarked;
