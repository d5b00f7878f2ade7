package org.cladedb.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;
import org.cladedb.spill.TemporaryFile;
import org.cladedb.spill.TemporaryFiles;
import org.jspecify.annotations.Nullable;

/// The directory of the server's temporary files: in its data directory, or else one of the
/// system's. Made when it is first needed. Safe for any thread.
final class TemporaryDirectory implements TemporaryFiles, AutoCloseable {
    static final String NAME = "temporary";

    private static final Logger LOG = System.getLogger("org.cladedb.server");

    private final FileSystem fileSystem;
    private final @Nullable Path dataDirectory;
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    // Guards making the directory.
    private final ReentrantLock guard = new ReentrantLock();
    private volatile @Nullable Path directory;

    /// Removes what a process that ended abruptly has left.
    ///
    /// @param dataDirectory null when there is none
    TemporaryDirectory(FileSystem fileSystem, @Nullable Path dataDirectory) {
        this.fileSystem = fileSystem;
        this.dataDirectory = dataDirectory;
        if (dataDirectory != null) {
            try {
                clear(dataDirectory.resolve(NAME));
            } catch (IOException failure) {
                LOG.log(Logger.Level.WARNING, "temporary files cannot be removed", failure);
            }
        }
    }

    private void clear(Path path) throws IOException {
        if (fileSystem.exists(path)) {
            for (String name : fileSystem.list(path)) {
                fileSystem.delete(path.resolve(name));
            }
        }
    }

    /// How many files are there now.
    int openFiles() {
        return open.get();
    }

    @Override
    public TemporaryFile create() {
        try {
            Path path = path().resolve("t" + lastNumber.incrementAndGet());
            StoreFile file = fileSystem.createPrivate(path);
            open.incrementAndGet();
            return new OpenFile(path, file);
        } catch (IOException failure) {
            throw failed("create", failure);
        }
    }

    /// Where the files are; made if it is not there yet.
    Path path() throws IOException {
        Path made = directory;
        if (made != null) {
            return made;
        }
        guard.lock();
        try {
            made = directory;
            if (made == null) {
                made = make();
                directory = made;
            }
            return made;
        } finally {
            guard.unlock();
        }
    }

    private Path make() throws IOException {
        if (dataDirectory == null) {
            return Files.createTempDirectory("cladedb");
        }
        Path made = dataDirectory.resolve(NAME);
        fileSystem.createDirectories(made);
        return made;
    }

    private static DatabaseException failed(String what, IOException failure) {
        if (failure instanceof NoSpaceException) {
            return new DatabaseException(
                    SqlState.DISK_FULL,
                    "could not write to temporary file: No space left on device",
                    failure);
        }
        return new DatabaseException(
                SqlState.IO_ERROR,
                "could not " + what + " temporary file: " + failure.getMessage(),
                failure);
    }

    /// Removes the directory if it was made in the system's.
    @Override
    public void close() {
        Path made = directory;
        if (made == null || dataDirectory != null) {
            return;
        }
        try {
            clear(made);
            Files.deleteIfExists(made);
        } catch (IOException failure) {
            LOG.log(Logger.Level.WARNING, "the temporary directory cannot be removed", failure);
        }
    }

    private final class OpenFile implements TemporaryFile {
        private final Path path;
        private final StoreFile file;
        private boolean closed;

        OpenFile(Path path, StoreFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            try {
                file.write(position, source, offset, length);
            } catch (IOException failure) {
                throw failed("write to", failure);
            }
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            try {
                int count = file.read(position, target, offset, length);
                if (count < length) {
                    throw new IOException("read only %d of %d bytes".formatted(count, length));
                }
            } catch (IOException failure) {
                throw failed("read from", failure);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            open.decrementAndGet();
            try {
                try {
                    file.close();
                } finally {
                    fileSystem.delete(path);
                }
            } catch (IOException failure) {
                LOG.log(Logger.Level.WARNING, "a temporary file cannot be removed", failure);
            }
        }
    }
}
