/// The databases of a store, and the transactions of their sessions: isolation, statement
/// snapshots, savepoints, DDL visibility, commit.
///
/// [Databases] makes, drops and renames databases, each a range of keys, and lets sessions in. A
/// [DatabaseTransaction] joins a key-value transaction with the catalog it sees. Under READ
/// COMMITTED every statement moves the snapshot forward; under REPEATABLE READ it stays. A
/// statement that meets a row changed since its snapshot is undone and run again on a newer one
/// (READ COMMITTED), or fails with 40001. This is the only place that commits, and the only one
/// that translates failures of the key-value space into SQLSTATEs.
///
/// Invariants: the catalog snapshot of a statement is the one stored at its key-value snapshot,
/// plus the transaction's own DDL; what statements name is locked as in PostgreSQL until the
/// transaction ends ([RelationLocks], [TableLockMode]); work deferred to the end of a statement or
/// transaction (foreign keys) runs before it is acknowledged.
@NullMarked
package org.cladedb.txn;

import org.jspecify.annotations.NullMarked;
