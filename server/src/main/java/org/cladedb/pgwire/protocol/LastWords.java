package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.Report;

/// How a client that cannot be served is told so: with messages made in advance, since there may be
/// no memory to make one. Safe for any thread.
public final class LastWords {
    private static final Logger LOGGER = System.getLogger("org.cladedb.pgwire");

    private static final byte[] OUT_OF_MEMORY =
            message(new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory"));
    private static final byte[] INTERNAL_ERROR =
            message(new DatabaseException(SqlState.INTERNAL_ERROR, "internal error"));

    private LastWords() {}

    private static byte[] message(DatabaseException failure) {
        ByteWriter bytes = new ByteWriter();
        new BackendWriter(bytes).error(Report.of("FATAL", failure));
        return bytes.toByteArray();
    }

    /// Makes the messages now.
    public static void prepare() {
        LOGGER.log(Level.TRACE, "bytes={0}", OUT_OF_MEMORY.length + INTERNAL_ERROR.length);
    }

    /// Says why, if the client takes it at once, and closes the channel.
    public static void say(SocketChannel channel, Throwable fault) {
        byte[] message = fault instanceof OutOfMemoryError ? OUT_OF_MEMORY : INTERNAL_ERROR;
        try (channel) {
            channel.configureBlocking(false);
            if (channel.write(ByteBuffer.wrap(message)) < message.length) {
                LOGGER.log(Level.DEBUG, "client did not take its last words");
            }
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, "client left", gone);
        }
    }
}
