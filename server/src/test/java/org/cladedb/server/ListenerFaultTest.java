package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A fault while a client is accepted or greeted ends this client alone, and it hears why.
final class ListenerFaultTest {
    private static final Logger LOG = Logger.getLogger("org.cladedb");

    /// Runs before each client; fails for the first.
    private interface Luck {
        void tryIt();
    }

    @BeforeAll
    static void beQuiet() {
        LOG.setUseParentHandlers(false);
    }

    @AfterAll
    static void beLoud() {
        LOG.setUseParentHandlers(true);
    }

    private static Stream<Fault> faults() {
        return Stream.of(Fault.BUG, Fault.BROKEN, Fault.MEMORY);
    }

    private static Luck badFor(Fault fault) {
        AtomicBoolean happened = new AtomicBoolean();
        return () -> {
            if (!happened.getAndSet(true)) {
                fault.happen();
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> noThreadForAClient() {
        return faults().map(fault -> {
            Luck luck = badFor(fault);
            ThreadFactory threads =
                    action -> {
                        luck.tryIt();
                        return Thread.ofVirtual().unstarted(action);
                    };
            return DynamicTest.dynamicTest(
                    fault.toString(),
                    () -> {
                        try (Wiring wiring = new Wiring(ServerConfig.inMemory());
                                Listener listener =
                                        Listener.open(
                                                "127.0.0.1", 0, wiring.connections(), threads)) {
                            try (RawClient client = new RawClient(listener.port())) {
                                assertHearsFatal(client, fault);
                            }
                            assertServes(listener.port());
                        }
                    });
        });
    }

    @TestFactory
    Stream<DynamicTest> aSessionThatCannotBeGreeted() {
        return faults().map(fault -> {
            Luck luck = badFor(fault);
            RandomGenerator secrets =
                    () -> {
                        luck.tryIt();
                        return 1;
                    };
            return DynamicTest.dynamicTest(
                    fault.toString(),
                    () -> {
                        try (Wiring wiring = new Wiring(ServerConfig.inMemory());
                                Listener listener =
                                        Listener.open(
                                                "127.0.0.1",
                                                0,
                                                withSecrets(wiring.connections(), secrets))) {
                            try (RawClient client = new RawClient(listener.port())) {
                                client.startup(3 << 16, "user", "me", "database", "postgres");
                                assertHearsFatal(client, fault);
                            }
                            assertServes(listener.port());
                        }
                    });
        });
    }

    private static ConnectionServices withSecrets(
            ConnectionServices sound, RandomGenerator secrets) {
        return new ConnectionServices(
                sound.sessions(),
                sound.authentication(),
                sound.cancelKeys(),
                secrets,
                sound.slots(),
                sound.limits());
    }

    private static void assertHearsFatal(RawClient client, Fault fault) throws IOException {
        assertThat(client.untilReady())
                .endsWith("EOF")
                .anyMatch(message -> message.startsWith("E FATAL " + fault.state()));
    }

    private static void assertServes(int port) throws IOException {
        try (RawClient client = RawClient.ready(port)) {
            assertThat(client.query("select count(*) from pg_stat_activity").untilReady())
                    .contains("D [1]");
        }
    }
}
