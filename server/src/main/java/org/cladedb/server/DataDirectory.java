package org.cladedb.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which directories a server takes for its files.
final class DataDirectory {
    private DataDirectory() {}

    /// A directory that is not there yet, is empty, or has nothing but files of a store.
    ///
    /// One that is empty becomes its owner's alone, as one that is made is.
    ///
    /// @throws StartupFailure when there are the files of others, or it cannot be a directory
    static void requireOwn(Path directory) {
        if (!Files.isDirectory(directory)) {
            requireNothing(directory);
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            if (names.contains("pages.db")) {
                requirePrivate(directory);
                return;
            }
            for (String name : names) {
                if (!isOurs(name)) {
                    throw new StartupFailure(
                            "the directory %s is neither empty nor a data directory: it has \"%s\"%s"
                                    .formatted(directory, name, advice(name)),
                            null);
                }
            }
            if (names.isEmpty()) {
                take(directory);
            }
        } catch (IOException failure) {
            throw new StartupFailure(
                    "cannot read the directory " + directory + ": " + failure.getMessage(),
                    failure);
        }
    }

    /// As PostgreSQL: what others could read or write was not always the owner's alone.
    private static void requirePrivate(Path directory) throws IOException {
        if (!hasOwners(directory)) {
            return;
        }
        Set<PosixFilePermission> beyond = new HashSet<>(Files.getPosixFilePermissions(directory));
        beyond.removeAll(PosixFilePermissions.fromString("rwxr-x---"));
        if (!beyond.isEmpty()) {
            throw new StartupFailure(
                    """
                    data directory "%s" has invalid permissions: \
                    permissions should be u=rwx (0700) or u=rwx,g=rx (0750)\
                    """
                            .formatted(directory),
                    null);
        }
    }

    private static boolean hasOwners(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void take(Path directory) throws IOException {
        if (hasOwners(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void requireNothing(Path directory) {
        if (Files.isSymbolicLink(directory)) {
            throw new StartupFailure(
                    "%s is a symbolic link to what is no directory".formatted(directory), null);
        }
        if (Files.exists(directory)) {
            throw new StartupFailure("%s is no directory".formatted(directory), null);
        }
    }

    private static String advice(String name) {
        return name.equals("lost+found")
                ? ", perhaps because it is a mount point; use a directory below it"
                : "";
    }

    /// Whether a first start that was cut off may have left it.
    private static boolean isOurs(String name) {
        return name.equals("lock")
                || name.equals("pages.new")
                || name.startsWith("log-")
                || name.startsWith("server.address");
    }
}
