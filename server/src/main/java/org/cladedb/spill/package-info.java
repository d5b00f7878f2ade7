/// Bytes of a statement that do not fit in memory, in temporary files.
///
/// ```
///   SpillSpace (of a plan) ──> SpillFile (of an operator) ──> TemporaryFile ──> the server's directory
///                                 │ blocks
///                                 ├── Tape: records, written once and then read from the beginning
///                                 └── or extents, read by position
/// ```
///
/// Nothing is allocated or opened before the first byte is written. A [SpillSpace] closes at the
/// end of an execution whatever its users left open, so that neither errors nor cancellation leave
/// files behind. What rows look like in these bytes is the business of `exec`.
@NullMarked
package org.cladedb.spill;

import org.jspecify.annotations.NullMarked;
