/// Counts what statements hold in memory, so that one fails with 53200 before the process does.
///
/// ```
///   MemoryPool        the server         server_memory_limit
///     SessionMemory   one per session, draws from the pool in pieces
///       MemoryAccount one per statement  statement_memory_limit
///         MemoryAccount  its plan
///           MemoryAccount  an operator   work_mem: beyond it tryReserve refuses, reserve does not
/// ```
///
/// Who keeps something reserves its bytes first. Who can write to disk instead asks with
/// [org.cladedb.memory.MemoryAccount#tryReserve(long)]; who cannot calls
/// [org.cladedb.memory.MemoryAccount#reserve(long)], which ends the statement with 53200 when the
/// limit of the statement or of the server is reached. What a small statement keeps is below the
/// first piece and always granted.
///
/// All but the pool belongs to the thread of the session. Bytes are those of arrays and estimates
/// of objects; `docs/decisions/0015-memory.md` says what is counted and what is not.
@NullMarked
package org.cladedb.memory;

import org.jspecify.annotations.NullMarked;
