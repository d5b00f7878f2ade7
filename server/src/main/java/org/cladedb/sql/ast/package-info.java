/// SQL as it was written: immutable trees of records, each with its position in the statement text.
///
/// ```
///  Statement ── SelectStatement ── QueryBody ── SelectCore | SetOperation | ValuesBody | NestedQuery
///     │                                │
///     │                                ├── TableExpression   (FROM items)
///     └── ModifyStatement, …           └── Expression        (everything with a value)
/// ```
///
/// Invariants: lists are unmodifiable copies; `position` is a 0-based char offset into the text
/// that was given to the parser, as PostgreSQL points at errors (the operator of a binary
/// expression, the first token of most others); names are already folded to lower case where they
/// were not quoted, and cut at 63 bytes; the spellings of built-in types are already resolved
/// (`int` is `pg_catalog.int4`).
///
/// Nothing here knows what a name refers to or what type an expression has: that is analysis. Start
/// with [org.cladedb.sql.ast.Statement] and [org.cladedb.sql.ast.Expression]; both families are
/// handled with exhaustive switches. [org.cladedb.sql.ast.ExpressionFormatter] prints an expression
/// back as SQL.
@NullMarked
package org.cladedb.sql.ast;

import org.jspecify.annotations.NullMarked;
