package org.cladedb;

import java.nio.file.Path;
import org.cladedb.server.CladeServer;
import org.cladedb.server.ServerConfig;

/// A database inside this process, reached through PostgreSQL's JDBC driver.
///
/// ```java
/// try (CladeDB database = CladeDB.memory();
///         Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
///     …
/// }
/// ```
///
/// It listens on a free port of the loopback interface until closed. Safe for any thread.
public final class CladeDB implements AutoCloseable {
    private final CladeServer server;

    private CladeDB(CladeServer server) {
        this.server = server;
    }

    /// Opens the database in `directory`, which is made if missing.
    ///
    /// @throws org.cladedb.server.StartupFailure when it is in use or cannot be read
    public static CladeDB open(Path directory) {
        return new CladeDB(CladeServer.start(ServerConfig.in(directory)));
    }

    /// Opens an empty database in memory.
    public static CladeDB memory() {
        return new CladeDB(CladeServer.start(ServerConfig.inMemory()));
    }

    /// Where `DriverManager` finds it.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/postgres?user=postgres"
                .formatted(ServerConfig.DEFAULT_HOST, port());
    }

    /// The port for any other client; every user and database name is accepted.
    public int port() {
        return server.port();
    }

    /// Closes connections and makes everything durable. Idempotent.
    @Override
    public void close() {
        server.close();
    }
}
