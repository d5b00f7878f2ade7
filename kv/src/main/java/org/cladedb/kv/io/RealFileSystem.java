package org.cladedb.kv.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.cladedb.common.RandomNumbers;
import org.jspecify.annotations.Nullable;

/// Files of this machine.
///
/// As in [RealFile], interrupting a thread harms nothing: the operation is repeated and the thread
/// stays marked as interrupted.
final class RealFileSystem implements FileSystem {
    static final RealFileSystem INSTANCE = new RealFileSystem();

    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// Something that can be repeated from the start.
    private interface Operation<T> {
        T run() throws IOException;
    }

    // What this process has locked. Asking the operating system does not do: closing any channel of
    // a file gives up all locks that the process has on it.
    private final Set<Path> locked = ConcurrentHashMap.newKeySet();

    private RealFileSystem() {}

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath().normalize();
        List<Path> missing = new ArrayList<>();
        while (existing != null && !Files.exists(existing)) {
            missing.add(existing);
            existing = existing.getParent();
        }
        Files.createDirectories(directory, Ownership.DIRECTORY);
        for (Path made : missing) {
            Path parent = made.getParent();
            if (parent != null) {
                syncDirectory(parent);
            }
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public StoreFile open(Path file) throws IOException {
        return RealFile.toWrite(file);
    }

    @Override
    public StoreFile openToRead(Path file) throws IOException {
        return RealFile.toRead(file);
    }

    @Override
    public StoreFile createPrivate(Path file) throws IOException {
        boolean hasOwners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (hasOwners) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
            } else {
                Files.createFile(file);
            }
        } catch (FileSystemException e) {
            throw RealFile.classified(e);
        }
        return RealFile.toWrite(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return directory;
        });
    }

    private static <T> T uninterrupted(Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return operation.run();
                } catch (ClosedByInterruptException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public AutoCloseableLock lock(Path file) throws IOException {
        return uninterrupted(() -> tryToLock(file, false));
    }

    @Override
    public AutoCloseableLock lockToRead(Path file) throws IOException {
        return uninterrupted(() -> {
            try {
                return tryToLock(file, false);
            } catch (FileLockedException e) {
                throw e;
            } catch (IOException _) {
                // Who writes here has made the file.
                return exists(file) ? tryToLock(file, true) : () -> {};
            }
        });
    }

    @Override
    public long uniqueNumber() {
        return RandomNumbers.next();
    }

    /// @param shared with others who only read, through a file that is there
    private AutoCloseableLock tryToLock(Path file, boolean shared) throws IOException {
        Path name = realPath(file);
        if (!locked.add(name)) {
            throw new FileLockedException("the lock file " + file + " is held by this process");
        }
        FileLock lock = null;
        FileChannel channel = null;
        try {
            channel =
                    shared
                            ? FileChannel.open(file, StandardOpenOption.READ)
                            : FileChannel.open(
                                    file,
                                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                    Ownership.FILE);
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } finally {
            if (lock == null) {
                release(name, channel);
            }
        }
        if (lock == null) {
            throw new FileLockedException("the lock file " + file + " is held by another process");
        }
        FileChannel held = channel;
        return () -> release(name, held);
    }

    /// The same for all links to the file's directory, whether the file is there or not.
    private static Path realPath(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path fileName = absolute.getFileName();
        return parent == null || fileName == null
                ? absolute
                : parent.toRealPath().resolve(fileName);
    }

    private void release(Path name, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            locked.remove(name);
        }
    }
}
