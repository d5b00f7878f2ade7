package org.cladedb.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.session.Session;
import org.cladedb.session.SessionServices;
import org.jspecify.annotations.Nullable;

/// A running server. Safe for any thread.
public final class CladeServer implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger("org.cladedb.server");

    private final Wiring wiring;
    private final Listener listener;
    private final @Nullable Path directory;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private CladeServer(Wiring wiring, Listener listener, @Nullable Path directory) {
        this.wiring = wiring;
        this.listener = listener;
        this.directory = directory;
    }

    /// Opens the database and listens.
    ///
    /// @throws StartupFailure with a message for the user
    public static CladeServer start(ServerConfig config) {
        Wiring wiring = new Wiring(config);
        boolean started = false;
        try {
            Listener listener = Listener.open(config.host(), config.port(), wiring.connections());
            CladeServer server = new CladeServer(wiring, listener, config.dataDirectory());
            server.announce(config.host());
            started = true;
            return server;
        } finally {
            if (!started) {
                wiring.close();
            }
        }
    }

    /// Says in the data directory where the server is.
    private void announce(String host) {
        if (directory == null) {
            return;
        }
        try {
            AddressFile.write(directory, host, port());
        } catch (IOException failure) {
            // The store could be opened; on a full disk it can be read.
            LOGGER.log(
                    Level.WARNING,
                    "the address file cannot be written; commands will not find the server",
                    failure);
        }
    }

    /// While the directory is still its own: afterwards the file may be the next server's.
    private void recall() {
        if (directory == null) {
            return;
        }
        try {
            AddressFile.delete(directory);
        } catch (IOException failure) {
            LOGGER.log(Level.WARNING, "address file stays", failure);
        }
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// What sessions inside this process work with.
    SessionServices sessions() {
        return wiring.sessions();
    }

    /// Waits until the server is closed.
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /// Tells clients good bye (57P01), makes everything durable and releases the directory.
    /// Idempotent.
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            wiring.registry().close();
            listener.stopAccepting();
            wiring.registry().all().forEach(Session::terminate);
            listener.close();
        } finally {
            recall();
            try {
                wiring.close();
            } finally {
                closed.countDown();
            }
        }
    }
}
