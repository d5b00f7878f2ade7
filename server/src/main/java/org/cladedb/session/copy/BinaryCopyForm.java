package org.cladedb.session.copy;

import java.nio.charset.StandardCharsets;

/// PostgreSQL's binary format of COPY; all numbers are big-endian.
///
/// ```
///   header   signature (11 bytes) │ flags (4) │ length of extension (4) │ extension
///   row      number of fields (2) │ for each field: length (4) │ value in binary format
///   end      -1 (2)
/// ```
///
/// A NULL has the length -1 and no value. Of the flags, the upper 16 are critical: who does not
/// know one must not go on.
final class BinaryCopyForm {
    static final int NULL = -1;
    static final int END = -1;
    static final int WITH_OIDS = 1 << 16;

    private BinaryCopyForm() {}

    /// Has bytes that a transfer as text would change.
    static byte[] signature() {
        return "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    }
}
