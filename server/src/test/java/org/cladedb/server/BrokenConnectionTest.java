package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.cladedb.pgwire.protocol.CancelKeys;
import org.cladedb.pgwire.protocol.Connection;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.ProtocolLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A connection that fails by the server's fault hears an error before it is closed.
final class BrokenConnectionTest {
    private static final Logger LOG = Logger.getLogger("org.cladedb.pgwire");

    @BeforeAll
    static void beQuiet() {
        LOG.setUseParentHandlers(false);
    }

    @AfterAll
    static void beLoud() {
        LOG.setUseParentHandlers(true);
    }

    @TestFactory
    Stream<DynamicTest> clientHearsOfFault() {
        return Stream.of(
                test(new IllegalStateException("broken"), "XX000"),
                test(new AssertionError("broken"), "XX000"),
                test(new OutOfMemoryError("broken"), "53200"));
    }

    private static DynamicTest test(Throwable fault, String state) {
        return DynamicTest.dynamicTest(
                fault.toString(), () -> assertThat(stateHeard(fault)).isEqualTo(state));
    }

    private static String stateHeard(Throwable fault) throws Exception {
        try (CladeServer server = CladeServer.start(ServerConfig.inMemory());
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ConnectionServices services =
                    new ConnectionServices(
                            server.sessions(),
                            (_, _, _) -> rethrow(fault),
                            new CancelKeys(),
                            new SplittableRandom(1),
                            new Semaphore(1),
                            ProtocolLimits.DEFAULT);
            Thread serving = Thread.ofVirtual().start(() -> serveOne(listener, services));
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            SQLException failure =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    DriverManager.getConnection(
                                            "jdbc:postgresql://127.0.0.1:"
                                                    + port
                                                    + "/postgres?user=me&sslmode=disable"));
            serving.join();
            return failure.getSQLState();
        }
    }

    private static void serveOne(ServerSocketChannel listener, ConnectionServices services) {
        try {
            new Connection(listener.accept(), services).run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void rethrow(Throwable fault) {
        switch (fault) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(fault);
        }
    }
}
