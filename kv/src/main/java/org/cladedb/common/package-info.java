/// Byte buffers, clocks, seeded randomness and invariant checks: what every other package may use.
///
/// Nothing here knows about keys, rows or SQL.
@NullMarked
package org.cladedb.common;

import org.jspecify.annotations.NullMarked;
