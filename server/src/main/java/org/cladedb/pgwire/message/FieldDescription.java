package org.cladedb.pgwire.message;

/// One column in a RowDescription.
///
/// @param typeLength as in `pg_type.typlen`
/// @param format 0 text, 1 binary
public record FieldDescription(
        String name,
        int tableOid,
        int columnNumber,
        int typeOid,
        int typeLength,
        int modifier,
        int format) {}
