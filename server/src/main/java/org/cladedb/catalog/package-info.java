/// What exists in the database: immutable objects gathered in a [CatalogSnapshot].
///
/// DDL is a function from snapshot to snapshot; nothing here does I/O. A statement works with the
/// one snapshot its transaction sees, so names and layouts cannot change under it.
///
/// Invariants: every object has an OID that is unique in the database and never used again; a
/// column's [Column#number()] is its slot for ever, also after it was dropped; every table is in
/// exactly one [TableGroup], a table without grouping parent or children in a group of its own;
/// expressions (defaults, checks, views) are kept as stored text, without names or settings, see
/// [org.cladedb.stored].
@NullMarked
package org.cladedb.catalog;

import org.jspecify.annotations.NullMarked;
