package org.cladedb.pgwire.message;

import org.cladedb.common.BigEndian;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Reads the fields of one message body, never past its end.
final class MessageReader {
    private final byte[] array;
    private final int end;
    private int position;

    MessageReader(byte[] array, int offset, int length) {
        this.array = array;
        this.position = offset;
        this.end = offset + length;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    boolean endsWithZero() {
        return end > position && array[end - 1] == 0;
    }

    int readByte() {
        if (position == end) {
            throw new DatabaseException(SqlState.PROTOCOL_VIOLATION, "no data left in message");
        }
        return array[position++] & 0xFF;
    }

    int readUnsignedShort() {
        need(2);
        int value = BigEndian.getUnsignedShort(array, position);
        position += 2;
        return value;
    }

    int readInt() {
        need(4);
        int value = BigEndian.getInt(array, position);
        position += 4;
        return value;
    }

    /// A string that a zero byte ends.
    String readString() {
        for (int i = position; i < end; i++) {
            if (array[i] == 0) {
                String text = WireText.decode(array, position, i - position);
                position = i + 1;
                return text;
            }
        }
        throw new DatabaseException(SqlState.PROTOCOL_VIOLATION, "invalid string in message");
    }

    byte[] readBytes(int length) {
        need(length);
        byte[] bytes = new byte[length];
        System.arraycopy(array, position, bytes, 0, length);
        position += length;
        return bytes;
    }

    void skip(int length) {
        need(length);
        position += length;
    }

    void finish() {
        if (position != end) {
            throw new DatabaseException(SqlState.PROTOCOL_VIOLATION, "invalid message format");
        }
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw new DatabaseException(
                    SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
        }
    }
}
