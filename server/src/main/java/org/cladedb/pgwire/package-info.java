/// PostgreSQL's wire protocol, versions 3.0 to 3.2.
///
/// ```
///   message   bytes ⇄ messages, no I/O
///   auth      who may come in
///   protocol  one connection: framing, start-up, simple and extended queries, COPY
/// ```
///
/// The state of statements and transactions is the session's; this package only speaks for it.
@NullMarked
package org.cladedb.pgwire;

import org.jspecify.annotations.NullMarked;
