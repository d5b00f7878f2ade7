/// The data formats of COPY: text, CSV and binary, from and to bytes.
///
/// ```
///   CopyInput ──> CopyRowReader (fields of one row at a time) ──> cells
///   cells ──> CopyRowWriter ──> CopyOutput
/// ```
///
/// Fields stay where they arrived: a row's fields are slices of one buffer, unescaped in place.
/// Nothing here knows tables or sessions.
@NullMarked
package org.cladedb.session.copy;

import org.jspecify.annotations.NullMarked;
