package org.cladedb.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The least client that speaks PostgreSQL's protocol: it counts bytes and rows and keeps nothing.
///
/// Owned by one thread.
final class DrainClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196_608;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 18);
    private ByteBuffer output = ByteBuffer.allocateDirect(1 << 16);
    private long rows;
    private long bytes;
    private String error = "";

    DrainClient(int port, String user, String database) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        input.flip();
        ByteBuffer body = ByteBuffer.allocate(512);
        body.putInt(PROTOCOL_3_0);
        putText(body, "user");
        putText(body, user);
        putText(body, "database");
        putText(body, database);
        body.put((byte) 0);
        output.putInt(body.position() + 4);
        output.put(body.flip());
        send();
        drain();
    }

    private static void putText(ByteBuffer buffer, String text) {
        buffer.put(text.getBytes(StandardCharsets.UTF_8));
        buffer.put((byte) 0);
    }

    /// Runs a simple query; gives the number of rows.
    long query(String sql) throws IOException {
        begin('Q');
        putText(output, sql);
        end();
        send();
        return drain();
    }

    /// Prepares a named statement.
    void prepare(String name, String sql) throws IOException {
        begin('P');
        putText(output, name);
        putText(output, sql);
        output.putShort((short) 0);
        end();
        sync();
        send();
        drain();
    }

    /// Binds one text parameter, executes, and reads to the end.
    long execute(String name, String parameter) throws IOException {
        begin('B');
        putText(output, "");
        putText(output, name);
        output.putShort((short) 0);
        output.putShort((short) 1);
        byte[] value = parameter.getBytes(StandardCharsets.UTF_8);
        output.putInt(value.length);
        output.put(value);
        output.putShort((short) 0);
        end();
        begin('E');
        putText(output, "");
        output.putInt(0);
        end();
        sync();
        send();
        return drain();
    }

    private void sync() {
        begin('S');
        end();
    }

    private int lengthPosition;

    private void begin(char type) {
        output.put((byte) type);
        lengthPosition = output.position();
        output.putInt(0);
    }

    private void end() {
        output.putInt(lengthPosition, output.position() - lengthPosition);
    }

    private void send() throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            channel.write(output);
        }
        output.clear();
    }

    /// Reads to ReadyForQuery.
    private long drain() throws IOException {
        rows = 0;
        error = "";
        while (true) {
            need(5);
            byte type = input.get();
            int length = input.getInt() - 4;
            bytes += length + 5L;
            if (type == 'D') {
                rows++;
            }
            if (type == 'E') {
                error = text(length);
            } else {
                skip(length);
            }
            if (type == 'Z') {
                if (!error.isEmpty()) {
                    throw new IOException(error);
                }
                return rows;
            }
        }
    }

    private String text(int length) throws IOException {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            need(1);
            message[i] = input.get();
        }
        return new String(message, StandardCharsets.UTF_8).replace('\0', ' ');
    }

    private void skip(int length) throws IOException {
        int rest = length;
        while (rest > input.remaining()) {
            rest -= input.remaining();
            input.clear();
            if (channel.read(input) < 0) {
                throw new EOFException("the server closed the connection");
            }
            input.flip();
        }
        input.position(input.position() + rest);
    }

    private void need(int count) throws IOException {
        while (input.remaining() < count) {
            input.compact();
            if (channel.read(input) < 0) {
                throw new EOFException("the server closed the connection");
            }
            input.flip();
        }
    }

    /// Bytes received since the connection was made.
    long bytesReceived() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
