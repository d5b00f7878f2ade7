package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cladedb.error.SqlState;
import org.junit.jupiter.api.Test;

/// What commands say to a running server, and what they do when something else answers.
final class ServerClientTest {
    private static final String HOST = ServerConfig.DEFAULT_HOST;

    @Test
    void queriesAndErrors() throws IOException {
        try (CladeServer server = CladeServer.start(ServerConfig.inMemory());
                ServerClient client = ServerClient.connect("0.0.0.0", server.port())) {
            assertThat(client.query("SELECT 1 AS a, 'zwei' AS b, NULL AS c; SELECT 2"))
                    .containsExactly(List.of("1", "zwei", ""), List.of("2"));
            assertThatThrownBy(() -> client.query("SELECT * FROM nowhere"))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.is(SqlState.UNDEFINED_TABLE)).isTrue())
                    .hasMessage("relation \"nowhere\" does not exist");
            assertThat(client.query("SELECT 3")).containsExactly(List.of("3"));
        }
    }

    @Test
    void anyDatabaseWillDo() throws IOException, SQLException {
        try (CladeServer server = CladeServer.start(ServerConfig.inMemory())) {
            try (ServerClient client = ServerClient.connect(HOST, server.port())) {
                assertThat(client.query("SELECT current_database()").getFirst())
                        .containsExactly("postgres");
                client.query("CREATE DATABASE other");
            }
            try (Connection connection =
                            DriverManager.getConnection(
                                    "jdbc:postgresql://%s:%d/other?user=postgres"
                                            .formatted(HOST, server.port()));
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE postgres");
            }
            try (ServerClient client = ServerClient.connect(HOST, server.port())) {
                assertThat(client.query("SELECT current_database()").getFirst())
                        .containsExactly("template1");
            }
        }
    }

    @Test
    void cancelStopsTheStatement() throws IOException, InterruptedException {
        try (CladeServer server = CladeServer.start(ServerConfig.inMemory());
                ServerClient client = ServerClient.connect(HOST, server.port())) {
            Thread canceller =
                    Thread.ofPlatform()
                            .start(() -> {
                                // A request that comes before the statement is forgotten.
                                while (!Thread.currentThread().isInterrupted()) {
                                    try {
                                        client.cancel();
                                    } catch (IOException failure) {
                                        return;
                                    }
                                }
                            });
            assertThatThrownBy(() -> client.query("SELECT pg_sleep(60)"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("canceling statement due to user request");
            canceller.interrupt();
            canceller.join();
        }
    }

    @Test
    void otherServersAreNotUnderstood() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofPlatform().start(() -> answer(other));
            assertThatThrownBy(() -> ServerClient.connect(HOST, other.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not speak PostgreSQL's protocol");
            answering.join();
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(in.readInt() - Integer.BYTES);
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
