package org.cladedb.stress;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.cladedb.common.ByteWriter;

/// A connection that does nothing, at the cost of a socket.
final class IdleClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int PROTOCOL = 3 << 16;

    private final Socket socket;

    IdleClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        ByteWriter body = new ByteWriter();
        body.writeInt(PROTOCOL);
        body.writeBytes("user\0idle\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII));
        ByteWriter packet = new ByteWriter();
        packet.writeInt(body.size() + Integer.BYTES);
        packet.writeBytes(body.toByteArray());
        socket.getOutputStream().write(packet.toByteArray());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (in.readByte() != 'Z') {
            in.skipNBytes(in.readInt() - Integer.BYTES);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
