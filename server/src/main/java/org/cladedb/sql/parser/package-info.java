/// From statement text to [org.cladedb.sql.ast].
///
/// ```
///  text ── Lexer ── tokens ── SqlParser ── one class per statement family ── Statement
///                                 └─────── ExpressionParser (precedence climbing) ── Expression
/// ```
///
/// Hand-written, recursive descent. Errors carry PostgreSQL's texts, codes and positions. Recursion
/// is bounded (54001), so that no input exhausts the stack; the size of the text is bounded by the
/// caller. Statements that PostgreSQL has and this server has not throw 0A000 by name.
///
/// Start with [org.cladedb.sql.parser.SqlParser].
@NullMarked
package org.cladedb.sql.parser;

import org.jspecify.annotations.NullMarked;
