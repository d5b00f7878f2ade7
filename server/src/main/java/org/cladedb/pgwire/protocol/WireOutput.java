package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.cladedb.common.ByteWriter;
import org.cladedb.session.StatementControl;
import org.cladedb.session.copy.CopyInput;
import org.jspecify.annotations.Nullable;

/// Gathers messages for the client and sends them. Owned by the connection's thread.
final class WireOutput {
    private static final int FLUSH_BYTES = 1 << 16;
    private static final int IDLE_BYTES = 1 << 10;
    private static final int KEPT_BYTES_MAX = 1 << 14;

    private final WritableByteChannel channel;
    private final ByteWriter buffer = new ByteWriter(IDLE_BYTES);
    private @Nullable StatementControl control;

    WireOutput(WritableByteChannel channel) {
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
        if (buffer.size() >= FLUSH_BYTES) {
            flush();
        }
    }

    /// Sends everything. Call between messages only.
    void flush() {
        ByteWriter writer = buffer;
        if (writer.size() == 0) {
            return;
        }
        StatementControl guard = control;
        if (guard != null) {
            guard.enterTransfer();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(writer.array(), 0, writer.size());
            while (bytes.hasRemaining()) {
                int limit = bytes.limit();
                bytes.limit(Math.min(limit, bytes.position() + FLUSH_BYTES));
                channel.write(bytes);
                bytes.limit(limit);
            }
        } catch (IOException failure) {
            throw new CopyInput.Gone("the client is gone", failure);
        } finally {
            writer.clear();
            if (guard != null) {
                guard.leaveTransfer();
            }
        }
    }

    /// Gives memory back before a wait that may be long.
    void goIdle() {
        if (buffer.size() == 0 && buffer.array().length > KEPT_BYTES_MAX) {
            buffer.shrinkTo(IDLE_BYTES);
        }
    }
}
