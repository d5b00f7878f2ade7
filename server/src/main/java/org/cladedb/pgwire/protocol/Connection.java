package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.FrontendDecoder;
import org.cladedb.pgwire.message.FrontendMessage;
import org.cladedb.pgwire.message.Report;
import org.cladedb.pgwire.message.StartupPacket;
import org.cladedb.session.Session;
import org.cladedb.session.Timer;
import org.cladedb.session.copy.CopyInput;

/// One client's connection, run by one thread from the first byte to the last.
public final class Connection implements Runnable {
    private static final Logger LOGGER = System.getLogger("org.cladedb.pgwire");

    /// How long a client that is thrown out may go on sending, so that it reads why.
    private static final long LINGER_MILLIS = 1_000;

    private final ConnectionServices services;
    private final SocketChannel channel;
    private final WireInput input;
    private final WireOutput output;
    private final BackendWriter writer;
    private boolean thrownOut;

    public Connection(SocketChannel channel, ConnectionServices services) {
        this.services = services;
        this.channel = channel;
        input = new WireInput(channel, services.limits().messageBytesMax());
        output = new WireOutput(channel);
        writer = new BackendWriter(output.buffer());
    }

    @Override
    public void run() {
        try (channel) {
            try {
                serve(((InetSocketAddress) channel.getRemoteAddress()).getAddress());
            } catch (CopyInput.Gone gone) {
                LOGGER.log(Level.DEBUG, "client left", gone);
            } catch (RuntimeException | Error bug) {
                // Not its fault: the client hears of it.
                tell(bug);
                LOGGER.log(Level.ERROR, "connection failed", bug);
            }
            if (thrownOut) {
                linger();
            }
        } catch (CopyInput.Gone | IOException gone) {
            LOGGER.log(Level.DEBUG, "client left", gone);
        }
    }

    /// Takes what the client was sending. A channel closed with bytes unread is reset, and the
    /// client might lose what was said last.
    private void linger() throws IOException {
        channel.shutdownOutput();
        Timer.Scheduled end =
                services.sessions().timer().schedule(LINGER_MILLIS, this::closeQuietly);
        try {
            input.drain();
        } finally {
            end.cancel();
        }
    }

    private void tell(Throwable bug) {
        try {
            fatal(broken(bug));
        } catch (OutOfMemoryError full) {
            // Between the bytes of another message it would say nothing.
            if (output.isBetweenMessages()) {
                LastWords.say(channel, full);
            }
        }
    }

    private static DatabaseException broken(Throwable bug) {
        return bug instanceof OutOfMemoryError
                ? new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                : new DatabaseException(SqlState.INTERNAL_ERROR, "internal error: " + bug);
    }

    private void serve(InetAddress address) throws IOException {
        Handshake handshake = new Handshake(services, address, input, output, writer);
        Timer.Scheduled timeout =
                services.sessions()
                        .timer()
                        .schedule(services.limits().startupTimeoutMillis(), this::closeQuietly);
        boolean counted = false;
        try {
            StartupPacket.Startup startup = handshake.awaitStartup();
            if (startup == null) {
                return;
            }
            counted = services.slots().tryAcquire();
            if (!counted) {
                throw new DatabaseException(
                        SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
            }
            ConnectionEnd ending = new ConnectionEnd(channel, output);
            try (Session session = handshake.startSession(startup)) {
                timeout.cancel();
                converse(session, ending);
            }
            ending.reason().ifPresent(this::fatal);
        } catch (DatabaseException refused) {
            fatal(refused);
        } finally {
            timeout.cancel();
            if (counted) {
                services.slots().release();
            }
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "close failed", failure);
        }
    }

    /// Serves messages until the client leaves or is thrown out.
    private void converse(Session session, ConnectionEnd ending) {
        input.protectWith(session.control());
        output.protectWith(session.control());
        input.countIn(session.memoryOfMessages());
        session.onTerminate(() -> ending.end(ConnectionEnd.shutdown()));
        try {
            new Conversation(session, services.sessions().timer(), ending, input, output, writer)
                    .run();
        } catch (CopyInput.Gone gone) {
            // In the middle of COPY its end looks as if the client had left.
            if (ending.reason().isEmpty()) {
                throw gone;
            }
        } finally {
            services.cancelKeys().remove(session);
        }
    }

    private void fatal(DatabaseException failure) {
        writer.error(Report.of("FATAL", failure));
        output.flush();
        thrownOut = true;
    }

    /// Decodes the message just read.
    ///
    /// @throws DatabaseException 53200 when there was no memory for it
    static FrontendMessage decode(WireInput input) {
        if (input.isRefused()) {
            throw new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                    .withDetail("There is no memory for a message of this size now.");
        }
        return FrontendDecoder.decode(
                input.type(), input.array(), input.bodyOffset(), input.bodyLength());
    }
}
