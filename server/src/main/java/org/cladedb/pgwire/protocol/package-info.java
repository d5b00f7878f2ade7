/// One client's connection, from the first byte to the last.
///
/// ```
///   SocketChannel ──WireInput──> Connection ──> Session
///                <──WireOutput── WireReceiver <──┘ rows, tags, notices
/// ```
///
/// [org.cladedb.pgwire.protocol.Connection] runs on one thread of its own, with blocking reads and
/// writes. Output is gathered in one buffer and sent when it is full, at Sync, at Flush and at the
/// end of a simple query; rows are encoded from cells straight into that buffer.
///
/// Invariants: a message is complete in the buffer before any of it is sent; an error in an
/// extended message skips everything up to Sync; a violated protocol ends the connection with FATAL
/// 08P01, any other error does not.
@NullMarked
package org.cladedb.pgwire.protocol;

import org.jspecify.annotations.NullMarked;
