package org.cladedb.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which directories a server takes for its files.
final class DataDirectory {
    private DataDirectory() {}

    /// A directory that is not there yet, is empty, or has nothing but files of a store.
    ///
    /// @throws StartupFailure when there are the files of others
    static void requireOwn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            if (names.contains("pages.db")) {
                return;
            }
            for (String name : names) {
                if (!isOurs(name)) {
                    throw new StartupFailure(
                            "the directory %s is neither empty nor a data directory: it has \"%s\""
                                    .formatted(directory, name),
                            null);
                }
            }
        } catch (IOException failure) {
            throw new StartupFailure(
                    "cannot read the directory " + directory + ": " + failure.getMessage(),
                    failure);
        }
    }

    /// Whether a first start that was cut off may have left it.
    private static boolean isOurs(String name) {
        return name.equals("lock")
                || name.equals("pages.new")
                || name.startsWith("log-")
                || name.startsWith("server.address");
    }
}
