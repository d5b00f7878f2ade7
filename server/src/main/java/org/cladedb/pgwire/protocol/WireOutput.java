package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.cladedb.common.ByteWriter;
import org.cladedb.session.StatementControl;
import org.cladedb.session.copy.CopyInput;
import org.jspecify.annotations.Nullable;

/// Gathers messages for the client and sends them. Owned by the connection's thread, but for
/// [#giveUp()].
///
/// A statement that is stopped while the client takes nothing ends at once. What was not sent then
/// stays here, whole messages after the first, and goes out before the error.
final class WireOutput {
    private static final int FLUSH_BYTES = 1 << 16;
    private static final int IDLE_BYTES = 1 << 10;
    private static final int KEPT_BYTES_MAX = 1 << 14;

    /// How long a client that is thrown out has to take what is left for it.
    private static final long GOODBYE_MILLIS = 500;

    private final SocketChannel channel;
    private final ByteWriter buffer = new ByteWriter(IDLE_BYTES);
    private @Nullable StatementControl control;

    /// How many bytes of the buffer were sent.
    private int sent;

    private volatile boolean givenUp;
    private volatile @Nullable Selector waiting;

    WireOutput(SocketChannel channel) {
        this.channel = channel;
    }

    /// Keeps cancels away from the thread while it writes.
    void protectWith(StatementControl statementControl) {
        control = statementControl;
    }

    /// Where messages are written.
    ByteWriter buffer() {
        return buffer;
    }

    /// Sends what is there when it is worth it. Call between messages only.
    void flushIfLarge() {
        if (buffer.size() - sent >= FLUSH_BYTES) {
            flush();
        }
    }

    /// Sends everything. Call between messages only.
    ///
    /// @throws org.cladedb.error.DatabaseException the statement was stopped meanwhile
    void flush() {
        if (buffer.size() == 0) {
            return;
        }
        StatementControl guard = control;
        if (guard != null) {
            guard.enterTransfer();
        }
        try {
            send();
            forget();
        } catch (IOException failure) {
            forget();
            throw new CopyInput.Gone("the client is gone", failure);
        } finally {
            if (guard != null) {
                guard.leaveTransfer();
            }
        }
    }

    /// Whether all that was sent were whole messages.
    boolean isBetweenMessages() {
        return sent == 0;
    }

    private void forget() {
        buffer.clear();
        sent = 0;
    }

    private void send() throws IOException {
        channel.configureBlocking(false);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), sent, buffer.size() - sent);
            int end = bytes.limit();
            while (sent < end) {
                bytes.limit(Math.min(end, sent + FLUSH_BYTES));
                if (channel.write(bytes) == 0) {
                    awaitRoom();
                }
                sent = bytes.position();
            }
        } finally {
            channel.configureBlocking(true);
        }
    }

    /// Waits until the client took something.
    private void awaitRoom() throws IOException {
        StatementControl guard = control;
        boolean thrownOut = givenUp;
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            waiting = selector;
            if (guard != null) {
                guard.leaveTransfer();
            }
            if (thrownOut) {
                selector.select(GOODBYE_MILLIS);
            } else if (!givenUp) {
                selector.select();
            }
            if (guard != null) {
                guard.throwIfStopped();
                guard.enterTransfer();
            }
            if (thrownOut && !key.isWritable()) {
                throw new IOException("the client takes nothing");
            }
        } finally {
            waiting = null;
        }
    }

    /// The client is thrown out: waits for it a little only. Any thread.
    void giveUp() {
        givenUp = true;
        Selector selector = waiting;
        if (selector != null) {
            selector.wakeup();
        }
    }

    /// Gives memory back before a wait that may be long.
    void goIdle() {
        if (buffer.size() == 0 && buffer.array().length > KEPT_BYTES_MAX) {
            buffer.shrinkTo(IDLE_BYTES);
        }
    }
}
