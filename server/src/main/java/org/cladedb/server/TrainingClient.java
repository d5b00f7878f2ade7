package org.cladedb.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Speaks as drivers do, simple and extended, and throws all answers away. Owned by one thread.
final class TrainingClient implements AutoCloseable {
    private static final int PROTOCOL = 3 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    TrainingClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new DataOutputStream(socket.getOutputStream());
        Body body = new Body().number(PROTOCOL);
        body.text("user").text("postgres").text("database").text("postgres").text("");
        out.writeInt(Integer.BYTES + body.bytes().length);
        out.write(body.bytes());
        untilReady();
    }

    /// The fields of a message.
    private static final class Body {
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

        Body text(String value) {
            buffer.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            buffer.write(0);
            return this;
        }

        Body number(int value) {
            buffer.write(value >>> 24);
            buffer.write(value >>> 16);
            buffer.write(value >>> 8);
            buffer.write(value);
            return this;
        }

        Body small(int value) {
            buffer.write(value >>> 8);
            buffer.write(value);
            return this;
        }

        Body raw(byte[] value) {
            buffer.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return buffer.toByteArray();
        }
    }

    private void message(char kind, Body body) {
        byte[] bytes = body.bytes();
        pending.write(kind);
        pending.writeBytes(new Body().number(Integer.BYTES + bytes.length).bytes());
        pending.writeBytes(bytes);
    }

    private void send() throws IOException {
        pending.writeTo(out);
        pending.reset();
    }

    /// Runs statements by the simple protocol.
    ///
    /// @throws CommandFailure the server answered with an error, here and below
    void simple(String sql) throws IOException {
        message('Q', new Body().text(sql));
        send();
        untilReady();
    }

    /// Runs a statement that must fail.
    void wrong(String sql) throws IOException {
        try {
            simple(sql);
        } catch (CommandFailure _) {
            return;
        }
        throw new CommandFailure("no error: " + sql);
    }

    /// Prepares a statement whose parameters, if any, are all the one `$1`.
    void prepare(String name, String sql) throws IOException {
        message('P', new Body().text(name).text(sql).small(0));
        message('D', new Body().raw(new byte[] {'S'}).text(name));
        message('S', new Body());
        send();
        untilReady();
    }

    /// Runs a prepared statement; results in binary or text.
    void execute(String name, boolean parameter, int value, boolean binary) throws IOException {
        Body bind = new Body().text("").text(name).small(0);
        if (parameter) {
            byte[] text = Integer.toString(value).getBytes(StandardCharsets.UTF_8);
            bind.small(1).number(text.length).raw(text);
        } else {
            bind.small(0);
        }
        message('B', bind.small(1).small(binary ? 1 : 0));
        message('D', new Body().raw(new byte[] {'P'}).text(""));
        message('E', new Body().text("").number(0));
        message('S', new Body());
        send();
        untilReady();
    }

    /// Runs COPY … FROM STDIN with these lines.
    void copyIn(String sql, String lines) throws IOException {
        message('Q', new Body().text(sql));
        message('d', new Body().raw(lines.getBytes(StandardCharsets.UTF_8)));
        message('c', new Body());
        send();
        untilReady();
    }

    private void untilReady() throws IOException {
        String error = "";
        while (true) {
            int kind = in.read();
            if (kind < 0) {
                throw new EOFException("the server closed the connection");
            }
            byte[] body = new byte[in.readInt() - Integer.BYTES];
            in.readFully(body);
            if (kind == 'E') {
                error = new String(body, StandardCharsets.UTF_8).replace('\0', ' ').strip();
            }
            if (kind == 'Z') {
                if (!error.isEmpty()) {
                    throw new CommandFailure(error);
                }
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
