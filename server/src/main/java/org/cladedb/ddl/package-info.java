/// Data definition: CREATE, ALTER, DROP and their like, as changes of the catalog and of stored
/// rows.
///
/// ```
///   Statement ──DdlExecutor──> CatalogSnapshot ──> changed CatalogSnapshot ──changeCatalog──> transaction
///                                                  └ rows moved, indexes built (storage.group)
/// ```
///
/// One class per family of statements. Everything happens in the statement's transaction: a failed
/// or rolled back statement leaves nothing. Only databases are made and dropped in transactions of
/// their own ([DatabaseStatements]). Expressions are checked by analysis and kept as stored text.
@NullMarked
package org.cladedb.ddl;

import org.jspecify.annotations.NullMarked;
