package org.cladedb.pgwire.protocol;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.pgwire.message.FrontendDecoder;
import org.cladedb.pgwire.message.FrontendMessage;
import org.cladedb.session.copy.CopyInput;

/// The CopyData messages of a COPY FROM STDIN. Owned by the connection's thread.
final class WireCopyInput implements CopyInput {
    private final WireInput input;
    private final ConnectionEnd ending;

    WireCopyInput(WireInput input, ConnectionEnd ending) {
        this.input = input;
        this.ending = ending;
    }

    @Override
    public boolean next() {
        while (true) {
            if (!read()) {
                throw new Gone("the client left in the middle of COPY", null);
            }
            if (input.isRefused()) {
                throw new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory");
            }
            switch (input.type()) {
                case 'd' -> {
                    return true;
                }
                case 'c' -> {
                    return false;
                }
                case 'f' -> throw failed();
                case 'H', 'S' -> {
                    // Sent by clients that did not notice that their statement was a COPY.
                }
                case 'X' -> throw new Gone("the client left in the middle of COPY", null);
                default -> throw unexpected();
            }
        }
    }

    private boolean read() {
        try {
            return input.next();
        } catch (DatabaseException noMessage) {
            ending.endOutOfStep();
            throw noMessage;
        }
    }

    private DatabaseException unexpected() {
        ending.endOutOfStep();
        return new DatabaseException(
                SqlState.PROTOCOL_VIOLATION,
                "unexpected message type 0x%02X during COPY from stdin".formatted(input.type()));
    }

    private DatabaseException failed() {
        FrontendMessage message =
                FrontendDecoder.decode('f', input.array(), input.bodyOffset(), input.bodyLength());
        String reason = message instanceof FrontendMessage.CopyFail fail ? fail.message() : "";
        return new DatabaseException(SqlState.QUERY_CANCELED, "COPY from stdin failed: " + reason);
    }

    @Override
    public byte[] buffer() {
        return input.array();
    }

    @Override
    public int offset() {
        return input.bodyOffset();
    }

    @Override
    public int length() {
        return input.bodyLength();
    }
}
