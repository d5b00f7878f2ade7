package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Lets other threads end a connection: its thread sees the end of its input and then tells the
/// client why. Safe for any thread.
final class ConnectionEnd {
    private static final Logger LOGGER = System.getLogger("org.cladedb.pgwire");

    private final SocketChannel channel;
    private final WireOutput output;
    private volatile @Nullable DatabaseException why;

    ConnectionEnd(SocketChannel channel, WireOutput output) {
        this.channel = channel;
        this.output = output;
    }

    static DatabaseException shutdown() {
        return new DatabaseException(
                SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command");
    }

    static DatabaseException idleInTransaction() {
        return new DatabaseException(
                SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                "terminating connection due to idle-in-transaction timeout");
    }

    static DatabaseException idle() {
        return new DatabaseException(
                SqlState.IDLE_SESSION_TIMEOUT,
                "terminating connection due to idle-session timeout");
    }

    void end(DatabaseException reason) {
        why = reason;
        output.giveUp();
        try {
            channel.shutdownInput();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "shutdown of input failed", failure);
        }
    }

    /// For the connection's own thread, which has met something in the client's bytes after which
    /// nobody knows where a message begins.
    void endOutOfStep() {
        why =
                new DatabaseException(
                        SqlState.PROTOCOL_VIOLATION,
                        "terminating connection because protocol synchronization was lost");
    }

    /// Why the connection was ended from outside or lost; empty when it was not.
    Optional<DatabaseException> reason() {
        return Optional.ofNullable(why);
    }
}
