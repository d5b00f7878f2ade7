package org.cladedb.pgwire.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.cladedb.common.MemoryBudget;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.FrontendDecoder;
import org.cladedb.pgwire.message.StartupPacket;
import org.cladedb.session.StatementControl;
import org.cladedb.session.copy.CopyInput;
import org.jspecify.annotations.Nullable;

/// Cuts the client's bytes into messages. Owned by the connection's thread.
///
/// The buffer grows only with bytes that arrived, whatever length a message announces, and shrinks
/// again when the connection goes idle. A large one counts as memory of the session; a message for
/// which there is none is read to its end and thrown away ([#isRefused()]).
final class WireInput {
    private static final int IDLE_BYTES = 1 << 11;
    private static final int READ_BYTES = 1 << 16;
    private static final int SMALL_MESSAGE_BYTES_MAX = 30_000;
    private static final int HEADER_BYTES = 5;

    private final ReadableByteChannel channel;
    private final int messageBytesMax;
    private byte[] array = new byte[IDLE_BYTES];
    private ByteBuffer target = ByteBuffer.wrap(array);
    private int start;
    private int end;
    private @Nullable StatementControl control;
    private @Nullable MemoryBudget memory;
    private long taken;
    private boolean refused;
    private int type;
    private int bodyLength;

    WireInput(ReadableByteChannel channel, int messageBytesMax) {
        this.channel = channel;
        this.messageBytesMax = messageBytesMax;
    }

    /// Keeps cancels away from the thread while it reads.
    void protectWith(StatementControl statementControl) {
        control = statementControl;
    }

    /// Takes a large buffer from the memory of the session.
    void countIn(MemoryBudget sessionMemory) {
        memory = sessionMemory;
    }

    /// Reads a packet of the start-up phase; null when the client is gone.
    @Nullable StartupPacket nextStartup() {
        if (!has(4)) {
            return null;
        }
        int length = BigEndian.getInt(array, start);
        if (length < 8 || length > StartupPacket.BYTES_MAX) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION, "invalid length of startup packet");
        }
        if (!has(length)) {
            return null;
        }
        StartupPacket packet = StartupPacket.decode(array, start + 4, length - 4);
        start += length;
        return packet;
    }

    /// Reads the next message; false when the client is gone.
    ///
    /// @throws DatabaseException 08P01 when this cannot be a message: the connection is lost
    boolean next() {
        refused = false;
        if (!has(HEADER_BYTES)) {
            return false;
        }
        type = array[start] & 0xFF;
        if (!FrontendDecoder.isKnown(type)) {
            throw FrontendDecoder.unknown(type);
        }
        int length = BigEndian.getInt(array, start + 1);
        int most = FrontendDecoder.mayBeLarge(type) ? messageBytesMax : SMALL_MESSAGE_BYTES_MAX;
        if (length < 4 || length > most) {
            throw new DatabaseException(SqlState.PROTOCOL_VIOLATION, "invalid message length");
        }
        bodyLength = length - 4;
        if (has(HEADER_BYTES + bodyLength)) {
            start += HEADER_BYTES + bodyLength;
            return true;
        }
        return refused && discard(HEADER_BYTES + bodyLength);
    }

    /// Whether there was no memory for the message read: then it has no body.
    boolean isRefused() {
        return refused;
    }

    /// Reads into nowhere to the end of the stream.
    void drain() {
        do {
            start = 0;
            end = 0;
        } while (fill(array.length));
    }

    /// Reads the rest of a message of `size` bytes into nowhere; false at the end of the stream.
    private boolean discard(int size) {
        int left = size - (end - start);
        bodyLength = 0;
        start = 0;
        while (left > 0) {
            end = 0;
            if (!fill(Math.min(array.length, left))) {
                return false;
            }
            left -= end;
        }
        end = 0;
        return true;
    }

    /// The type of the message read.
    int type() {
        return type;
    }

    /// Holds the message's body; valid until the next message is read.
    byte[] array() {
        return array;
    }

    int bodyOffset() {
        return start - bodyLength;
    }

    int bodyLength() {
        return bodyLength;
    }

    /// Whether bytes of further messages are here already.
    boolean hasBuffered() {
        return start < end;
    }

    /// Gives memory back before a wait that may be long.
    void goIdle() {
        if (start == end && array.length > READ_BYTES / 4) {
            array = new byte[IDLE_BYTES];
            target = ByteBuffer.wrap(array);
            start = 0;
            end = 0;
            letGo();
        }
    }

    private void letGo() {
        if (memory != null && taken > 0) {
            memory.give(taken);
            taken = 0;
        }
    }

    /// Waits until `count` bytes are here; false at the end of the stream.
    private boolean has(int count) {
        while (end - start < count) {
            makeRoom(count);
            if (refused || !fill(array.length)) {
                return false;
            }
        }
        return true;
    }

    private void makeRoom(int count) {
        if (start > 0) {
            System.arraycopy(array, start, array, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == array.length) {
            int wanted = Math.max(count, HEADER_BYTES);
            int doubled = (int) Math.min((long) array.length * 2, Integer.MAX_VALUE - 16L);
            int capacity = Math.min(Math.max(doubled, IDLE_BYTES), Math.max(wanted, READ_BYTES));
            int length = Math.max(capacity, end + 1);
            if (length > READ_BYTES && !take(length - array.length)) {
                refused = true;
                return;
            }
            array = Arrays.copyOf(array, length);
            target = ByteBuffer.wrap(array);
        }
    }

    private boolean take(long bytes) {
        if (memory == null) {
            return true;
        }
        boolean done = memory.tryTake(bytes);
        taken += done ? bytes : 0;
        return done;
    }

    /// Reads what has arrived, up to `limit` in the array.
    private boolean fill(int limit) {
        StatementControl guard = control;
        if (guard != null) {
            guard.enterTransfer();
        }
        try {
            target.limit(limit).position(end);
            int count = channel.read(target);
            if (count < 0) {
                return false;
            }
            end += count;
            return true;
        } catch (IOException failure) {
            throw new CopyInput.Gone("the client is gone", failure);
        } finally {
            if (guard != null) {
                guard.leaveTransfer();
            }
        }
    }
}
