package org.cladedb.pgwire.message;

import java.util.Arrays;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Turns frames into [FrontendMessage]s. Stateless.
public final class FrontendDecoder {
    private FrontendDecoder() {}

    /// Whether `type` is a message that clients send.
    public static boolean isKnown(int type) {
        return "QPBDECSHdcfFX".indexOf(type) >= 0;
    }

    /// Whether a message of this type may be large; others are held to a few kilobytes.
    public static boolean mayBeLarge(int type) {
        return "QPBdF".indexOf(type) >= 0;
    }

    /// Decodes the body of a message of `type`.
    ///
    /// @throws DatabaseException 08P01 when it is malformed, 22021 when its text is not UTF-8
    public static FrontendMessage decode(int type, byte[] array, int offset, int length) {
        MessageReader reader = new MessageReader(array, offset, length);
        return switch (type) {
            case 'Q' -> finish(reader, new FrontendMessage.Query(reader.readString()));
            case 'P' -> finish(reader, parse(reader));
            case 'B' -> bind(Arrays.copyOfRange(array, offset, offset + length));
            case 'D' -> finish(reader, describe(reader));
            case 'E' ->
                    finish(
                            reader,
                            new FrontendMessage.Execute(reader.readString(), reader.readInt()));
            case 'C' -> finish(reader, close(reader));
            case 'S' -> finish(reader, new FrontendMessage.Sync());
            case 'H' -> finish(reader, new FrontendMessage.Flush());
            case 'd' -> new FrontendMessage.CopyData(array, offset, length);
            case 'c' -> finish(reader, new FrontendMessage.CopyDone());
            case 'f' -> finish(reader, new FrontendMessage.CopyFail(reader.readString()));
            case 'F' -> new FrontendMessage.FunctionCall();
            case 'X' -> new FrontendMessage.Terminate();
            default -> throw unknown(type);
        };
    }

    /// The error for a type that no client sends.
    public static DatabaseException unknown(int type) {
        return new DatabaseException(
                SqlState.PROTOCOL_VIOLATION, "invalid frontend message type " + type);
    }

    private static FrontendMessage finish(MessageReader reader, FrontendMessage message) {
        reader.finish();
        return message;
    }

    private static FrontendMessage.Parse parse(MessageReader reader) {
        String statement = reader.readString();
        String sql = reader.readString();
        int[] types = new int[count(reader, 4)];
        for (int i = 0; i < types.length; i++) {
            types[i] = reader.readInt();
        }
        return new FrontendMessage.Parse(statement, sql, types);
    }

    private static FrontendMessage.Bind bind(byte[] body) {
        MessageReader reader = new MessageReader(body, 0, body.length);
        String portal = reader.readString();
        String statement = reader.readString();
        int[] parameterFormats = formats(reader);
        int count = count(reader, 4);
        int[] offsets = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = reader.readInt();
            offsets[i] = reader.position();
            if (lengths[i] < -1) {
                throw new DatabaseException(
                        SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
            }
            reader.skip(Math.max(0, lengths[i]));
        }
        int[] resultFormats = formats(reader);
        reader.finish();
        if (parameterFormats.length > 1 && parameterFormats.length != count) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message has %d parameter formats but %d parameters"
                            .formatted(parameterFormats.length, count));
        }
        return new FrontendMessage.Bind(
                portal, statement, parameterFormats, body, offsets, lengths, resultFormats);
    }

    private static int[] formats(MessageReader reader) {
        int[] formats = new int[count(reader, 2)];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = reader.readUnsignedShort();
            if (formats[i] > 1) {
                throw new DatabaseException(
                        SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + formats[i]);
            }
        }
        return formats;
    }

    /// A count of items, refused when the message is too short to hold that many.
    private static int count(MessageReader reader, int bytesEach) {
        int count = reader.readUnsignedShort();
        if (count * bytesEach > reader.remaining()) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
        }
        return count;
    }

    private static FrontendMessage describe(MessageReader reader) {
        return new FrontendMessage.Describe(isPortal(reader, "DESCRIBE"), reader.readString());
    }

    private static FrontendMessage close(MessageReader reader) {
        return new FrontendMessage.Close(isPortal(reader, "CLOSE"), reader.readString());
    }

    private static boolean isPortal(MessageReader reader, String message) {
        int kind = reader.readByte();
        if (kind != 'S' && kind != 'P') {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION,
                    "invalid %s message subtype %d".formatted(message, kind));
        }
        return kind == 'P';
    }
}
