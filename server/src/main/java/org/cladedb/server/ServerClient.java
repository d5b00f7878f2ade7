package org.cladedb.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.error.SqlState;

/// A connection of a command to a running server: of PostgreSQL's protocol the start, simple
/// queries and text results, no more. Used by one thread, but any may cancel.
///
/// ```
///   startup ──> R (authentication) S… K Z      query ──> T D… C Z, or E Z
/// ```
final class ServerClient implements AutoCloseable {
    private static final int PROTOCOL = 3 << 16;
    private static final int CANCEL = 1234 << 16 | 5678;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MESSAGE_BYTES_MAX = 1 << 20;
    private static final String USER = "postgres";

    /// One message of the server.
    private record Message(char kind, ByteBuffer body) {
        byte[] rest() {
            byte[] bytes = new byte[body.remaining()];
            body.get(bytes);
            return bytes;
        }

        String text() {
            int start = body.position();
            int end = start;
            while (body.get(end) != 0) {
                end++;
            }
            byte[] bytes = new byte[end - start];
            body.get(bytes).get();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    // What cancels the statements of this session; no bytes until the server told.
    private volatile byte[] key = {};

    private ServerClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /// Connects and starts a session, in whichever database there is.
    ///
    /// @throws CommandFailure the server does not want it
    static ServerClient connect(String host, int port) throws IOException {
        try {
            return connect(host, port, "postgres");
        } catch (CommandFailure failure) {
            if (failure.is(SqlState.INVALID_CATALOG_NAME)) {
                return connect(host, port, "template1");
            }
            throw failure;
        }
    }

    /// As [#connect(String, int)], in this database.
    static ServerClient connect(String host, int port, String database) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        if (address.isAnyLocalAddress()) {
            address = InetAddress.getLoopbackAddress();
        }
        Socket socket = open(new InetSocketAddress(address, port));
        boolean started = false;
        try {
            ServerClient client = new ServerClient(socket);
            client.start(database);
            // From here on an answer takes as long as it takes.
            socket.setSoTimeout(0);
            started = true;
            return client;
        } finally {
            if (!started) {
                socket.close();
            }
        }
    }

    private static Socket open(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.connect(address, CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /// Asks the server to stop the statement that runs, over a connection of its own.
    void cancel() throws IOException {
        byte[] of = key;
        if (of.length > 0) {
            try (Socket other = open(socket.getRemoteSocketAddress())) {
                DataOutputStream request = new DataOutputStream(other.getOutputStream());
                request.writeInt(2 * Integer.BYTES + of.length);
                request.writeInt(CANCEL);
                request.write(of);
                // The server closes when it has understood.
                if (other.getInputStream().read() >= 0) {
                    throw new IOException("an answer to a cancel request");
                }
            }
        }
    }

    private void start(String database) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String text :
                List.of("user", USER, "database", database, "application_name", "clade")) {
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        body.write(0);
        out.writeInt(2 * Integer.BYTES + body.size());
        out.writeInt(PROTOCOL);
        out.write(body.toByteArray());
        readUntilReady();
    }

    /// Runs one statement; a row is a list of its values as text, with "" for NULL.
    ///
    /// @throws CommandFailure with the server's error
    List<List<String>> query(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        out.writeByte('Q');
        out.writeInt(Integer.BYTES + text.length + 1);
        out.write(text);
        out.writeByte(0);
        return readUntilReady();
    }

    private List<List<String>> readUntilReady() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        CommandFailure failure = null;
        while (true) {
            Message message = read();
            switch (message.kind) {
                case 'Z' -> {
                    if (failure != null) {
                        throw failure;
                    }
                    return rows;
                }
                case 'D' -> rows.add(row(message.body));
                case 'E' -> failure = error(message);
                case 'K' -> key = message.rest();
                case 'R' -> {
                    if (message.body.getInt() != 0) {
                        throw new CommandFailure("the server wants a password");
                    }
                }
                // Settings, notices, descriptions and tags of results.
                default -> {}
            }
        }
    }

    private Message read() throws IOException {
        int kind = in.read();
        if (kind < 0) {
            throw new IOException("the server closed the connection");
        }
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > MESSAGE_BYTES_MAX) {
            throw new IOException("what answers does not speak PostgreSQL's protocol");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Message((char) kind, ByteBuffer.wrap(body));
    }

    private static List<String> row(ByteBuffer body) {
        List<String> row = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            byte[] value = new byte[Math.max(0, body.getInt())];
            body.get(value);
            row.add(new String(value, StandardCharsets.UTF_8));
        }
        return row;
    }

    private static CommandFailure error(Message message) {
        Map<Character, String> fields = new HashMap<>();
        for (byte field = message.body.get(); field != 0; field = message.body.get()) {
            fields.put((char) field, message.text());
        }
        CommandFailure failure =
                new CommandFailure(
                        fields.getOrDefault('M', "the server failed"),
                        fields.getOrDefault('C', ""));
        if ("FATAL".equals(fields.get('V'))) {
            // Nothing follows it.
            throw failure;
        }
        return failure;
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            out.writeByte('X');
            out.writeInt(Integer.BYTES);
        }
    }
}
