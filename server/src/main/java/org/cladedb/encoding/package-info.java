/// Bytes that rows and keys are stored as; pure functions between values and bytes.
///
/// [KeyCodec] is order-preserving: comparing two encoded keys as unsigned bytes gives the order of
/// their values ([org.cladedb.types.DatumComparator]), and equal values have equal bytes. Where
/// that loses something (the scale of a numeric, say), [KeyCodec#isLossless] tells the caller to
/// store the value in the row as well. [RowLayout] describes the columns of a table's row values
/// and writes them; [RowReader] reads any column of a row in constant time, without allocation.
///
/// Both formats are drawn in `docs/formats/key.md` and `docs/formats/row.md`.
@NullMarked
package org.cladedb.encoding;

import org.jspecify.annotations.NullMarked;
