package org.cladedb.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Verifies the rows, constraints and indexes of all databases in a data directory, through a
/// server that runs meanwhile.
final class DataVerification {
    private final PrintStream out;

    DataVerification(PrintStream out) {
        this.out = out;
    }

    /// Prints what is wrong, and returns how much that is.
    long run(Path directory) {
        try (CladeServer server = CladeServer.start(ServerConfig.in(directory))) {
            long faults = 0;
            for (String database : databases(server)) {
                faults += verify(server, database);
            }
            return faults;
        } catch (IOException | StartupFailure failure) {
            throw new CommandFailure(
                    "the data in %s cannot be verified: %s"
                            .formatted(directory, failure.getMessage()));
        }
    }

    private static List<String> databases(CladeServer server) throws IOException {
        try (ServerClient client = ServerClient.connect(ServerConfig.DEFAULT_HOST, server.port())) {
            return client
                    .query(
                            "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn ORDER BY datname")
                    .stream()
                    .map(List::getFirst)
                    .toList();
        }
    }

    private long verify(CladeServer server, String database) throws IOException {
        try (ServerClient client =
                ServerClient.connect(ServerConfig.DEFAULT_HOST, server.port(), database)) {
            List<List<String>> faults =
                    client.query(
                            "SELECT relation, constraint_name, problem, row FROM pg_catalog.clade_verify()");
            for (List<String> fault : faults) {
                out.println(
                        "DAMAGED: database %s, table %s, %s: %s, row %s"
                                .formatted(
                                        database,
                                        fault.get(0),
                                        fault.get(1),
                                        fault.get(2),
                                        fault.get(3)));
            }
            out.println("database %s: %d faults".formatted(database, faults.size()));
            return faults.size();
        }
    }
}
