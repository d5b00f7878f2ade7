package org.cladedb.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a server is to be started.
///
/// @param port 0 for any free one
/// @param dataDirectory made if missing; null keeps everything in memory
/// @param cacheBytes memory for pages; 0 for the engine's default
/// @param memoryBytes what statements may hold together; 0 for a share of the heap
/// @param checkpointLogBytes how large the log grows before a checkpoint; 0 for the engine's
///   default
public record ServerConfig(
        String host,
        int port,
        @Nullable Path dataDirectory,
        long cacheBytes,
        long memoryBytes,
        long checkpointLogBytes,
        int connectionsMax) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 5432;
    public static final int DEFAULT_CONNECTIONS_MAX = 10_000;

    /// In memory, on any free port of the loopback interface.
    public static ServerConfig inMemory() {
        return new ServerConfig(DEFAULT_HOST, 0, null, 0, 0, 0, DEFAULT_CONNECTIONS_MAX);
    }

    /// In a directory, on any free port of the loopback interface.
    public static ServerConfig in(Path directory) {
        return new ServerConfig(DEFAULT_HOST, 0, directory, 0, 0, 0, DEFAULT_CONNECTIONS_MAX);
    }
}
