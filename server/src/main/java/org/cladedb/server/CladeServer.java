package org.cladedb.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.session.Session;
import org.cladedb.session.SessionServices;

/// A running server. Safe for any thread.
public final class CladeServer implements AutoCloseable {
    private final Wiring wiring;
    private final Listener listener;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private CladeServer(Wiring wiring, Listener listener) {
        this.wiring = wiring;
        this.listener = listener;
    }

    /// Opens the database and listens.
    ///
    /// @throws StartupFailure with a message for the user
    public static CladeServer start(ServerConfig config) {
        Wiring wiring = new Wiring(config);
        boolean started = false;
        try {
            Listener listener = Listener.open(config.host(), config.port(), wiring.connections());
            started = true;
            return new CladeServer(wiring, listener);
        } finally {
            if (!started) {
                wiring.close();
            }
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
            listener.stopAccepting();
            wiring.registry().all().forEach(Session::terminate);
            listener.close();
        } finally {
            wiring.close();
            closed.countDown();
        }
    }
}
