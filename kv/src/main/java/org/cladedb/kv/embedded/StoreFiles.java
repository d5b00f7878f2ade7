package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.FileLockedException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.StoreFile;

/// The directory of one store, claimed by its lock file, and the files in it.
///
/// @param data the pages
/// @param log the log segments
record StoreFiles(FileSystem.AutoCloseableLock lock, StoreFile data, LogFiles log) {
    private static final String LOCK_NAME = "lock";

    static StoreFiles open(FileSystem fileSystem, Path directory) throws IOException {
        fileSystem.createDirectories(directory);
        FileSystem.AutoCloseableLock lock = lock(fileSystem::lock, directory);
        try {
            LogFiles log = new LogFiles(fileSystem, directory);
            DataFile.createIfMissing(fileSystem, directory, log);
            return new StoreFiles(lock, fileSystem.open(directory.resolve(DataFile.NAME)), log);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// As [#open], but of a store that is there, to be read; makes and changes nothing, and works
    /// where nothing can be written.
    static StoreFiles openToRead(FileSystem fileSystem, Path directory) throws IOException {
        StoreCheck.requireStore(fileSystem, directory);
        Path data = directory.resolve(DataFile.NAME);
        FileSystem.AutoCloseableLock lock = lock(fileSystem::lockToRead, directory);
        try {
            return new StoreFiles(
                    lock, fileSystem.openToRead(data), new LogFiles(fileSystem, directory));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private interface Claim {
        FileSystem.AutoCloseableLock lock(Path file) throws IOException;
    }

    private static FileSystem.AutoCloseableLock lock(Claim claim, Path directory)
            throws IOException {
        try {
            return claim.lock(directory.resolve(LOCK_NAME));
        } catch (FileLockedException e) {
            throw new UnavailableException(
                    "the directory " + directory + " is in use by another process", e);
        }
    }

    void close() throws IOException {
        try {
            data.close();
        } finally {
            lock.close();
        }
    }
}
