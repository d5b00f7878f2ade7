/// Sessions: one client's settings, transaction, prepared statements and portals, and the way of a
/// statement through the layers below.
///
/// ```
///   pgwire ──> Session ──> parse ──> analyze ──> plan ──> compile ──> run ──> ResultReceiver
///                 │            (PlanCache keeps the result of these four)
///                 ├── Settings            SET, SHOW, RESET, SET LOCAL
///                 ├── SessionTransaction  BEGIN … COMMIT, implicit blocks, 25P02
///                 └── StatementControl    cancel, timeouts, turns on the processors
/// ```
///
/// A session is owned by its connection's thread; other threads may only cancel or terminate it.
/// Every public method either succeeds or throws a [org.cladedb.error.DatabaseException] after the
/// session has brought its transaction into the state that PostgreSQL documents for the failure.
///
/// Invariants: a plan is run only against the catalog it was made for; no row of a modification is
/// sent before the statement is complete, so that it can be run again on a newer snapshot; a portal
/// that is suspended when another statement begins is read to its end first, because snapshots move
/// between statements.
@NullMarked
package org.cladedb.session;

import org.jspecify.annotations.NullMarked;
