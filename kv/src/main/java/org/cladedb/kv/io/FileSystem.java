package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Directories and files. Safe for any number of threads.
public interface FileSystem {
    /// The machine's file system.
    static FileSystem real() {
        return RealFileSystem.INSTANCE;
    }

    /// Makes the directory and its parents where missing, durably.
    void createDirectories(Path directory) throws IOException;

    /// The names of the files in the directory, in no order.
    List<String> list(Path directory) throws IOException;

    boolean exists(Path file) throws IOException;

    /// Opens for reading and writing, making an empty file where missing.
    StoreFile open(Path file) throws IOException;

    /// Opens a file that is there for reading only; whoever may read it can.
    StoreFile openToRead(Path file) throws IOException;

    /// Makes an empty file, which must not be there yet, for reading and writing; nobody but its
    /// owner may read it, where the system knows owners.
    StoreFile createPrivate(Path file) throws IOException;

    /// Removes the file if it is there.
    void delete(Path file) throws IOException;

    /// Gives the file another name, replacing what has it.
    void rename(Path from, Path to) throws IOException;

    /// Makes creations, removals and renames in the directory durable.
    void syncDirectory(Path directory) throws IOException;

    /// Claims the file as this process's own until the claim is closed.
    ///
    /// @throws FileLockedException somebody else holds it
    AutoCloseableLock lock(Path file) throws IOException;

    /// Claims the file as [#lock] does, for somebody who changes nothing: where nothing can be
    /// written, too.
    ///
    /// @throws FileLockedException somebody holds it to write
    AutoCloseableLock lockToRead(Path file) throws IOException;

    /// A number that no other call returns, on this machine or another.
    long uniqueNumber();

    /// A claim on a file.
    interface AutoCloseableLock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
