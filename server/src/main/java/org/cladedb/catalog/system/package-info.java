/// `pg_catalog` and `information_schema`: read-only relations computed from a catalog snapshot.
///
/// ```
///   relations.tsv ──RelationDefinitions──> SystemTable (name, columns)
///   CatalogSnapshot ──…Rows──> rows by column name ──> cells
/// ```
///
/// A [org.cladedb.catalog.SystemSearch] names a column of [Lookups] and values: rows are then made
/// of the objects in its [Focus] only, so that a question about one table does not cost all tables.
///
/// Every relation has PostgreSQL 18's columns, so that any client may query it in any way. One is
/// our own: `clade_store`, with one row about the store. Relations about things that do not exist
/// here are empty. One class per subject produces rows ([TableRows], [TypeRows] …), and
/// [SystemCatalog] lists them. OIDs are the objects' own; what has none in the catalog (types of
/// tables, defaults) gets one derived from its object's.
@NullMarked
package org.cladedb.catalog.system;

import org.jspecify.annotations.NullMarked;
