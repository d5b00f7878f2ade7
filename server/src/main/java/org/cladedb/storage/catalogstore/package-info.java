/// Where the catalogs are kept: one key per object in key space 1 of each database, each with a
/// versioned value; and the list of databases.
///
/// ```
///   [space 1][0]                    -> version and counters of the catalog
///   [space 1][kind][OID or name]    -> one schema, table, view, sequence, group or comment
///   [list's space][name]            -> one database
/// ```
///
/// [CatalogStore] loads a snapshot and writes the differences between two; [DatabaseStore] does so
/// for the list of databases. The bytes are drawn in `docs/formats/catalog.md`. Locks and caching
/// are the business of `txn`, which uses the key of a table's object as the lock of the table: what
/// changes the definition of a table, or of what its writers must know (the foreign keys that
/// reference it, the members of its group), writes that key.
///
/// Invariants: equal versions mean equal content; a value of an unknown format version is never
/// guessed at.
@NullMarked
package org.cladedb.storage.catalogstore;

import org.jspecify.annotations.NullMarked;
