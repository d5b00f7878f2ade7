/// Messages of the wire protocol: decoded from bytes that are not trusted, encoded into a buffer.
///
/// ```
///   frame body ──FrontendDecoder──> FrontendMessage      BackendWriter ──> ByteWriter
/// ```
///
/// No I/O and no state: lengths and counts are checked against the bytes that are there before
/// anything is allocated for them. A malformed message raises 08P01, text that is not UTF-8 22021.
@NullMarked
package org.cladedb.pgwire.message;

import org.jspecify.annotations.NullMarked;
