/// What the catalog keeps of views, defaults, checks and generated columns: SQL text in which
/// nothing depends on names or settings.
///
/// ```
///   statement ─ analysis ─> stored text ─┬─ parse, analysis ──> plan          (to use it)
///                                        ├─ DisplayNames, SqlPrinter ─> SQL   (to show it)
///                                        └─ StoredReferences ─> dependencies
/// ```
///
/// Stored text is SQL of a kind of its own ([StoredNames]): tables stand in it by OID, range
/// variables and columns by number, `*`, NATURAL and the names of ORDER BY are expanded, and every
/// literal whose meaning could change has its type and the form of ISO dates, UTC and PostgreSQL
/// intervals. So renaming, new columns, `search_path` and `SET` leave it what it is.
///
/// This package knows the text only; `analysis` makes it (`analysis.StoredQueryWriter`) and reads
/// it back (`analysis.StoredText`). Start with [StoredNames], then [SqlPrinter].
@NullMarked
package org.cladedb.stored;

import org.jspecify.annotations.NullMarked;
