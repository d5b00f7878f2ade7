package org.cladedb.server;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.cladedb.kv.embedded.StoreBackup;

/// A backup of a data directory that is in use, made by the server that uses it.
final class ServerBackup {
    private ServerBackup() {}

    /// Asks the server for the backup and waits for it.
    ///
    /// @throws CommandFailure no server has the directory open, or it could not do it
    static StoreBackup.Content make(Path directory, Path target) {
        AddressFile.Address address =
                AddressFile.read(directory)
                        .orElseThrow(() ->
                                failure(
                                        "the directory %s is in use by another process, which is no server"
                                                .formatted(directory)));
        try (ServerClient client = ServerClient.connect(address.host(), address.port())) {
            requireSame(client, directory, address);
            List<String> row =
                    cancelledAtExit(
                            client,
                            "SELECT sequence, entries, checksum FROM pg_catalog.clade_backup(%s)"
                                    .formatted(literal(target.toAbsolutePath())));
            return new StoreBackup.Content(
                    Long.parseLong(row.get(0)),
                    Long.parseLong(row.get(1)),
                    Long.parseLong(row.get(2), 16));
        } catch (IOException
                | BufferUnderflowException
                | IndexOutOfBoundsException
                | NoSuchElementException
                | IllegalArgumentException failure) {
            // The exceptions are those of answers that no server of ours gives.
            throw failure(
                    "the directory %s is in use, but %s cannot be asked: %s"
                            .formatted(directory, address, failure.getMessage()));
        }
    }

    /// The file may be older than whatever listens there.
    private static void requireSame(
            ServerClient client, Path directory, AddressFile.Address address) throws IOException {
        Path used =
                Path.of(
                        client.query("SELECT directory FROM pg_catalog.clade_store")
                                .getFirst()
                                .getFirst());
        if (!used.equals(directory.toRealPath())) {
            throw failure(
                    "the directory %s is in use, but not by %s".formatted(directory, address));
        }
    }

    /// Returns the only row. When this process is stopped meanwhile, by Ctrl-C say, the server is
    /// told to stop too.
    private static List<String> cancelledAtExit(ServerClient client, String sql)
            throws IOException {
        Thread cancelling =
                Thread.ofPlatform()
                        .name("cladedb-cancel")
                        .unstarted(() -> {
                            try {
                                client.cancel();
                            } catch (IOException _) {
                                // The server is gone, or goes on: nobody is left to be told.
                            }
                        });
        Runtime.getRuntime().addShutdownHook(cancelling);
        List<List<String>> rows;
        try {
            rows = client.query(sql);
        } finally {
            forget(cancelling);
        }
        return rows.getFirst();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs.
        }
    }

    private static String literal(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static CommandFailure failure(String message) {
        return new CommandFailure(message);
    }
}
