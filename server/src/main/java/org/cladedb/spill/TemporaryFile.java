package org.cladedb.spill;

/// A file of one statement. Owned by the statement's thread.
public interface TemporaryFile extends AutoCloseable {
    /// Writes all bytes; the file grows as needed.
    ///
    /// @throws org.cladedb.error.DatabaseException 53100 when the disk is full, 53400 when the
    ///   session has more in temporary files than it may, 58030 for other failures
    void write(long position, byte[] source, int offset, int length);

    /// Reads bytes that were written before.
    void read(long position, byte[] target, int offset, int length);

    /// Removes the file; more than once if you like.
    @Override
    void close();
}
