package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// Reads and writes the values of one type in PostgreSQL's text and binary formats. Stateless.
///
/// Get one from `Codecs.of(SqlType)`. Reading checks everything (22P02, 22P03, 22003, 22007, 22008,
/// 22021) and applies the type's modifier as PostgreSQL's input functions do. Values read may share
/// the source bytes. `length` is never negative: NULL is the caller's business.
public interface TypeCodec {
    void readText(byte[] source, int offset, int length, TypeContext context, Datum out);

    /// Appends the text form, without a length.
    void writeText(Datum value, TypeContext context, ByteWriter out);

    void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out);

    /// Appends the binary form, without a length.
    void writeBinary(Datum value, TypeContext context, ByteWriter out);
}
