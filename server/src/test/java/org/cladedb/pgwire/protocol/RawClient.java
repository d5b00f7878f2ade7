package org.cladedb.pgwire.protocol;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.jspecify.annotations.Nullable;

/// A client that sends exactly the bytes it is told to, and writes down what comes back, one short
/// text a message.
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ByteWriter pending = new ByteWriter();
    int processId;
    byte[] secret = {};

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /// Connects as anybody, past the greeting.
    public static RawClient ready(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.startup(3 << 16, "user", "tester", "database", "postgres");
        client.untilReady();
        return client;
    }

    public RawClient startup(int version, String... parameters) throws IOException {
        ByteWriter body = new ByteWriter();
        body.writeInt(version);
        for (String parameter : parameters) {
            string(body, parameter);
        }
        body.writeByte(0);
        return packet(body);
    }

    public RawClient packet(ByteWriter body) throws IOException {
        ByteWriter whole = new ByteWriter();
        whole.writeInt(body.size() + 4);
        whole.writeBytes(body.toByteArray());
        return raw(whole.toByteArray());
    }

    public RawClient raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    private static void string(ByteWriter body, String text) {
        body.writeUtf8(text);
        body.writeByte(0);
    }

    /// Queues a message; the fields may be String, Integer (4 bytes), Short, Byte and byte[].
    public RawClient message(char type, Object... fields) {
        ByteWriter body = new ByteWriter();
        for (Object field : fields) {
            switch (field) {
                case String text -> string(body, text);
                case Integer number -> body.writeInt(number);
                case Short number -> body.writeShort(number);
                case Byte number -> body.writeByte(number);
                case byte[] bytes -> body.writeBytes(bytes);
                default -> throw new IllegalArgumentException(field.toString());
            }
        }
        pending.writeByte(type);
        pending.writeInt(body.size() + 4);
        pending.writeBytes(body.toByteArray());
        return this;
    }

    public RawClient query(String sql) {
        return message('Q', sql);
    }

    public RawClient parse(String name, String sql, int... types) {
        ByteWriter oids = new ByteWriter();
        oids.writeShort(types.length);
        for (int type : types) {
            oids.writeInt(type);
        }
        return message('P', name, sql, oids.toByteArray());
    }

    /// Binds text parameters; null is NULL.
    public RawClient bind(String portal, String statement, @Nullable String... values) {
        ByteWriter body = new ByteWriter();
        body.writeShort(0);
        body.writeShort(values.length);
        for (@Nullable String value : values) {
            if (value == null) {
                body.writeInt(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                body.writeInt(bytes.length);
                body.writeBytes(bytes);
            }
        }
        body.writeShort(0);
        return message('B', portal, statement, body.toByteArray());
    }

    public RawClient describe(char kind, String name) {
        return message('D', (byte) kind, name);
    }

    public RawClient execute(String portal, int rowsMax) {
        return message('E', portal, rowsMax);
    }

    public RawClient sync() {
        return message('S');
    }

    public RawClient send() throws IOException {
        raw(pending.toByteArray());
        pending.clear();
        return this;
    }

    /// Sends what is queued and reads up to and including the next ReadyForQuery.
    public List<String> untilReady() throws IOException {
        send();
        List<String> messages = new ArrayList<>();
        String message;
        do {
            message = next();
            messages.add(message);
        } while (!message.startsWith("Z") && !message.equals("EOF"));
        return messages;
    }

    public int readByte() throws IOException {
        return in.read();
    }

    /// The next message; "EOF" at the end.
    public String next() throws IOException {
        int type;
        try {
            type = in.readUnsignedByte();
        } catch (EOFException | java.net.SocketException _) {
            return "EOF";
        }
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return render((char) type, body);
    }

    private String render(char type, byte[] body) throws IOException {
        DataInputStream fields = new DataInputStream(new java.io.ByteArrayInputStream(body));
        return switch (type) {
            case 'R' -> "R " + fields.readInt();
            case 'S' -> "S " + text(fields) + "=" + text(fields);
            case 'K' -> {
                processId = fields.readInt();
                secret = fields.readAllBytes();
                yield "K " + secret.length;
            }
            case 'Z', 'C' -> type + " " + text(fields);
            case 'T' -> "T " + rowDescription(fields);
            case 'D' -> "D " + row(fields);
            case 't' -> "t " + oids(fields);
            case 'E', 'N' -> type + " " + report(fields);
            case 'G', 'H' -> type + " " + fields.readByte() + " " + fields.readShort();
            case 'd' -> "d " + new String(body, StandardCharsets.UTF_8).replace("\n", "\\n");
            case 'v' -> "v " + fields.readInt() + " " + options(fields);
            default -> String.valueOf(type);
        };
    }

    private static String text(DataInputStream fields) throws IOException {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        int b = fields.read();
        while (b > 0) {
            text.write(b);
            b = fields.read();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String rowDescription(DataInputStream fields) throws IOException {
        List<String> columns = new ArrayList<>();
        int count = fields.readShort();
        for (int i = 0; i < count; i++) {
            String name = text(fields);
            fields.readInt();
            fields.readShort();
            int type = fields.readInt();
            int length = fields.readShort();
            int modifier = fields.readInt();
            columns.add(
                    name + ":" + type + ":" + length + ":" + modifier + ":" + fields.readShort());
        }
        return columns.toString();
    }

    private static String row(DataInputStream fields) throws IOException {
        List<String> values = new ArrayList<>();
        int count = fields.readShort();
        for (int i = 0; i < count; i++) {
            int length = fields.readInt();
            if (length < 0) {
                values.add("NULL");
            } else {
                byte[] bytes = new byte[length];
                fields.readFully(bytes);
                values.add(printable(bytes));
            }
        }
        return values.toString();
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 32 && b < 127) {
                text.append((char) b);
            } else {
                text.append(String.format("\\%02x", b & 0xFF));
            }
        }
        return text.toString();
    }

    private static String oids(DataInputStream fields) throws IOException {
        List<Integer> oids = new ArrayList<>();
        int count = fields.readShort();
        for (int i = 0; i < count; i++) {
            oids.add(fields.readInt());
        }
        return oids.toString();
    }

    private static String options(DataInputStream fields) throws IOException {
        List<String> options = new ArrayList<>();
        int count = fields.readInt();
        for (int i = 0; i < count; i++) {
            options.add(text(fields));
        }
        return options.toString();
    }

    /// Severity, code, position if any, and message.
    private static String report(DataInputStream fields) throws IOException {
        String severity = "";
        String code = "";
        String position = "";
        String message = "";
        int field = fields.read();
        while (field > 0) {
            String value = text(fields);
            switch (field) {
                case 'S' -> severity = value;
                case 'C' -> code = value;
                case 'P' -> position = " @" + value;
                case 'M' -> message = value;
                default -> {}
            }
            field = fields.read();
        }
        return severity + " " + code + position + " " + message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
