package org.cladedb;

import java.nio.file.Path;
import org.cladedb.server.CladeServer;
import org.cladedb.server.ServerConfig;

/// A database inside this process, reached through PostgreSQL's JDBC driver (or any other client of
/// PostgreSQL, at [#port()]).
///
/// ```java
/// try (CladeDB database = CladeDB.memory();
///         Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
///     …
/// }
/// ```
///
/// It listens on a free port of the loopback interface until closed; any number of them may be open
/// at once, each in a directory of its own. No classes are loaded from outside and no native code
/// is needed. Safe for any thread.
public final class CladeDB implements AutoCloseable {
    private final CladeServer server;

    private CladeDB(CladeServer server) {
        this.server = server;
    }

    /// Opens the database in `directory`, which is made if missing. One process at a time may have
    /// a directory open. What a previous process left after a crash is recovered first; every
    /// commit that was answered is there.
    ///
    /// @param directory where all files of the database are
    /// @throws org.cladedb.server.StartupFailure when it is in use or cannot be read
    public static CladeDB open(Path directory) {
        return new CladeDB(CladeServer.start(ServerConfig.in(directory)));
    }

    /// Opens an empty database in memory, which is gone when closed.
    public static CladeDB memory() {
        return new CladeDB(CladeServer.start(ServerConfig.inMemory()));
    }

    /// Where `DriverManager` finds it: the URL of the database `postgres` for the user `postgres`.
    /// Further parameters of the driver may be appended with `&`.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/postgres?user=postgres"
                .formatted(ServerConfig.DEFAULT_HOST, port());
    }

    /// The port for any other client, which finds the database `postgres` there and those that
    /// CREATE DATABASE has made; every user name is accepted.
    public int port() {
        return server.port();
    }

    /// Ends all sessions (their open transactions are rolled back, their clients told 57P01), makes
    /// everything durable and releases the directory. Idempotent.
    @Override
    public void close() {
        server.close();
    }
}
