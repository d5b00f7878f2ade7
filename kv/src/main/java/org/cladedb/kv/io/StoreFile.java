package org.cladedb.kv.io;

import java.io.IOException;

/// An open file. Safe for any number of threads; interrupting a thread neither stops nor harms it.
public interface StoreFile extends AutoCloseable {
    /// Reads until `length` bytes are read or the file ends; returns the number read.
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /// Writes all bytes; the file grows as needed.
    ///
    /// @throws NoSpaceException the disk is full; a part may have been written
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /// Forces what was written to stable storage.
    void sync() throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
