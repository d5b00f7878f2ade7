package org.cladedb.session.copy;

import org.cladedb.common.BigEndian;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// COPY's binary format, as [BinaryCopyForm] draws it.
final class BinaryRowReader extends CopyRowReader {
    private final int fields;
    private boolean finished;

    BinaryRowReader(CopyInput input, int fields) {
        super(input);
        this.fields = fields;
    }

    @Override
    public void begin() {
        byte[] signature = BinaryCopyForm.signature();
        if (!has(0, signature.length)
                || !java.util.Arrays.equals(
                        data.array(),
                        data.start(),
                        data.start() + signature.length,
                        signature,
                        0,
                        signature.length)) {
            throw malformed("COPY file signature not recognized");
        }
        int at = signature.length;
        int flags = headerInt(at, "flags");
        if ((flags & BinaryCopyForm.WITH_OIDS) != 0) {
            throw malformed("invalid COPY file header (WITH OIDS)");
        }
        if (flags >>> 16 != 0) {
            throw malformed("unrecognized critical flags in COPY file header");
        }
        at += Integer.BYTES;
        int extension = headerInt(at, "length");
        if (extension < 0) {
            throw malformed("invalid COPY file header (missing length)");
        }
        at += Integer.BYTES;
        if (!has(at, extension)) {
            throw malformed("invalid COPY file header (wrong length)");
        }
        data.consumeTo(data.start() + at + extension);
    }

    private int headerInt(int at, String what) {
        if (!has(at, Integer.BYTES)) {
            throw malformed("invalid COPY file header (missing %s)".formatted(what));
        }
        return BigEndian.getInt(data.array(), data.start() + at);
    }

    @Override
    public boolean next() {
        clear();
        if (finished) {
            return false;
        }
        lineEnded();
        if (!has(0, Short.BYTES)) {
            finished = true;
            return false;
        }
        int count = BigEndian.getShort(data.array(), data.start());
        if (count == BinaryCopyForm.END) {
            finish();
            return false;
        }
        if (count != fields) {
            throw malformed("row field count is %d, expected %d".formatted(count, fields));
        }
        readFields();
        return true;
    }

    private void finish() {
        finished = true;
        if (has(Short.BYTES, 1)) {
            throw malformed("received copy data after EOF marker");
        }
    }

    /// Finds where the row ends first: until then the data may move.
    private void readFields() {
        long length = Short.BYTES;
        for (int i = 0; i < fields; i++) {
            require(length, Integer.BYTES);
            int size = BigEndian.getInt(data.array(), data.start() + (int) length);
            if (size < BinaryCopyForm.NULL) {
                throw malformed("invalid field size");
            }
            length += Integer.BYTES;
            if (size > 0) {
                require(length, size);
                length += size;
            }
        }
        int at = data.start() + Short.BYTES;
        for (int i = 0; i < fields; i++) {
            int size = BigEndian.getInt(data.array(), at);
            at += Integer.BYTES;
            addField(at, Math.max(size, 0), size == BinaryCopyForm.NULL);
            at += Math.max(size, 0);
        }
        data.consumeTo(at);
    }

    private void require(long offset, int length) {
        if (!has(offset, length)) {
            throw malformed("unexpected EOF in COPY data");
        }
    }

    /// Whether the row has `length` bytes at `offset`; waits for them. What is only announced takes
    /// no memory.
    private boolean has(long offset, int length) {
        while (data.end() - data.start() < offset + length) {
            if (!data.more()) {
                return false;
            }
        }
        return true;
    }

    private static DatabaseException malformed(String message) {
        return new DatabaseException(SqlState.BAD_COPY_FILE_FORMAT, message);
    }
}
