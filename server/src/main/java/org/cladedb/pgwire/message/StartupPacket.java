package org.cladedb.pgwire.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What a client sends before anything else; these packets have no type byte.
public sealed interface StartupPacket {
    /// The largest packet accepted before a client is known.
    int BYTES_MAX = 10_000;

    int CANCEL_CODE = (1234 << 16) | 5678;
    int TLS_CODE = (1234 << 16) | 5679;
    int GSS_CODE = (1234 << 16) | 5680;

    /// Asks for TLS.
    record TlsRequest() implements StartupPacket {}

    /// Asks for GSSAPI encryption.
    record GssRequest() implements StartupPacket {}

    /// Asks to cancel what another connection runs.
    record CancelRequest(int processId, byte[] secret) implements StartupPacket {}

    /// Starts a session.
    ///
    /// @param parameters in the order sent; not to be changed
    record Startup(int major, int minor, Map<String, String> parameters) implements StartupPacket {
        public Startup {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /// Decodes a packet without its length word.
    static StartupPacket decode(byte[] array, int offset, int length) {
        MessageReader reader = new MessageReader(array, offset, length);
        int code = reader.readInt();
        return switch (code) {
            case TLS_CODE -> new TlsRequest();
            case GSS_CODE -> new GssRequest();
            case CANCEL_CODE -> {
                int processId = reader.readInt();
                yield new CancelRequest(processId, reader.readBytes(reader.remaining()));
            }
            default -> startup(code, reader);
        };
    }

    private static Startup startup(int code, MessageReader reader) {
        int major = code >>> 16;
        return new Startup(major, code & 0xFFFF, major == 3 ? parameters(reader) : Map.of());
    }

    private static Map<String, String> parameters(MessageReader reader) {
        if (!reader.endsWithZero()) {
            throw badLayout();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        while (reader.remaining() > 1) {
            String name = reader.readString();
            if (name.isEmpty() || reader.remaining() == 0) {
                throw badLayout();
            }
            parameters.put(name, reader.readString());
        }
        if (reader.remaining() == 0) {
            throw badLayout();
        }
        return parameters;
    }

    private static DatabaseException badLayout() {
        return new DatabaseException(
                SqlState.PROTOCOL_VIOLATION,
                "invalid startup packet layout: expected terminator as last byte");
    }
}
