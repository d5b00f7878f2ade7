/// Golden SQL scripts: the executable specification of what statements do.
///
/// A script (`server/src/test/sql/**/*.test`) is a list of blocks:
///
/// ```
/// # A comment, up to the first line of SQL.
/// @clade                      (optional: not plain PostgreSQL; skipped there)
/// SELECT id, name FROM t ORDER BY id
/// ----
/// id:int4|name:text
/// 1|Ada
/// 2|NULL
///
/// SELECT nosuch FROM t
/// ----
/// error 42703: column "nosuch" does not exist
/// ```
///
/// `@session name` before a block runs it in a connection of that name, so that what transactions
/// see of each other can be told; `@waits` lets the script go on while the block waits for another
/// session. The lines after a line with `COPY … FROM STDIN`, up to `\.`, are its data.
///
/// Every script runs on a database in memory and on one on disk, and, where a block is plain
/// PostgreSQL, on a real PostgreSQL 18: all must print what the script says. `@unordered` before a
/// block sorts its rows. Tables of scripts are tiny; `assumed_table_rows` has plans made as for
/// large ones. With `-Dgolden.rewrite=true` the expectations are written anew: from PostgreSQL
/// where it runs the block.
@NullMarked
package org.cladedb.golden;

import org.jspecify.annotations.NullMarked;
