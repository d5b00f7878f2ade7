package org.cladedb.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.cladedb.pgwire.protocol.Connection;
import org.cladedb.pgwire.protocol.ConnectionServices;
import org.cladedb.pgwire.protocol.LastWords;

/// Accepts clients and gives each a virtual thread. Safe for any thread.
final class Listener implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger("org.cladedb.server");
    private static final int BACKLOG = 1_024;
    private static final long RETRY_MILLIS = 100;
    private static final long GOODBYE_SECONDS = 5;

    private final ServerSocketChannel server;
    private final ConnectionServices services;
    private final ThreadFactory threadFactory;
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Listener(
            ServerSocketChannel server, ConnectionServices services, ThreadFactory threadFactory) {
        this.server = server;
        this.services = services;
        this.threadFactory = threadFactory;
    }

    /// Starts to listen.
    ///
    /// @throws StartupFailure the address cannot be used
    static Listener open(String host, int port, ConnectionServices services) {
        return open(host, port, services, Thread.ofVirtual().name("cladedb-connection").factory());
    }

    /// Starts to listen, with connections on threads of `threadFactory`.
    static Listener open(
            String host, int port, ConnectionServices services, ThreadFactory threadFactory) {
        LastWords.prepare();
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartupFailure("the host name \"%s\" is not known".formatted(host), null);
        }
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                server.bind(address, BACKLOG);
            } catch (IOException failure) {
                server.close();
                throw failure;
            }
            Listener listener = new Listener(server, services, threadFactory);
            services.sessions().settings().put("port", Integer.toString(listener.port()));
            Thread.ofPlatform().name("cladedb-listener").start(listener::acceptAll);
            return listener;
        } catch (IOException failure) {
            throw new StartupFailure(
                    "cannot listen on %s port %d (%s)%s"
                            .formatted(host, port, failure.getMessage(), advice(failure)),
                    failure);
        }
    }

    private static String advice(IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return reason.contains("in use")
                ? "; is another server running there? Choose another with --port"
                : "";
    }

    int port() {
        try {
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException failure) {
            throw new IllegalStateException("the listener is closed", failure);
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                acceptUnlessExhausted();
            }
        } catch (ClosedChannelException _) {
            LOGGER.log(Level.DEBUG, "listener closed");
        } finally {
            stopped.countDown();
        }
    }

    private void acceptUnlessExhausted() throws ClosedChannelException {
        try {
            acceptOne();
        } catch (OutOfMemoryError _) {
            // Statements will end and leave some; a line in the log would need memory, too.
            pause();
        } catch (RuntimeException | Error bug) {
            // The next client may have more luck: without this thread nobody would.
            LOGGER.log(Level.ERROR, "accept failed", bug);
            pause();
        }
    }

    private void acceptOne() throws ClosedChannelException {
        try {
            SocketChannel channel = server.accept();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                start(channel);
            } catch (IOException | RuntimeException | Error failure) {
                LastWords.say(channel, failure);
                throw failure;
            }
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException failure) {
            // Out of file descriptors, most likely: wait for some to be closed.
            LOGGER.log(Level.WARNING, "accept failed", failure);
            pause();
        }
    }

    private void start(SocketChannel channel) {
        Thread thread = threadFactory.newThread(() -> serve(channel));
        channels.add(channel);
        threads.add(thread);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                channels.remove(channel);
                threads.remove(thread);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel channel) {
        try {
            new Connection(channel, services).run();
        } catch (RuntimeException | Error fault) {
            // It could not even begin, or not say why it ended.
            LastWords.say(channel, fault);
        } finally {
            channels.remove(channel);
            threads.remove(Thread.currentThread());
        }
    }

    /// Accepts no more clients.
    void stopAccepting() {
        try {
            server.close();
            stopped.await(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException failure) {
            LOGGER.log(Level.WARNING, "close of listener failed", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits a little for clients to be told, then closes what is still open.
    @Override
    public void close() {
        stopAccepting();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GOODBYE_SECONDS);
        try {
            for (Thread thread : Set.copyOf(threads)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                // At least a millisecond: 0 would wait for ever.
                thread.join(Math.max(1, left));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : Set.copyOf(channels)) {
            try {
                channel.close();
            } catch (IOException failure) {
                LOGGER.log(Level.DEBUG, "close of connection failed", failure);
            }
        }
    }
}
