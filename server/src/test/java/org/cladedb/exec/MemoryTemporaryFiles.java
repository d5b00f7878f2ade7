package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.spill.TemporaryFile;
import org.cladedb.spill.TemporaryFiles;

/// Temporary files that are arrays, counted; the disk can be made full.
final class MemoryTemporaryFiles implements TemporaryFiles {
    private int made;
    private int open;
    private long writtenBytes;
    private long spaceBytes = Long.MAX_VALUE;

    @Override
    public TemporaryFile create() {
        made++;
        open++;
        return new Content();
    }

    /// How many files were made.
    int made() {
        return made;
    }

    /// How many files are not closed.
    int open() {
        return open;
    }

    /// How many bytes were written.
    long writtenBytes() {
        return writtenBytes;
    }

    /// Makes writes fail after so many more bytes.
    void limitSpace(long bytes) {
        spaceBytes = writtenBytes + bytes;
    }

    private final class Content implements TemporaryFile {
        private byte[] bytes = {};
        private boolean closed;

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            requireOpen();
            writtenBytes += length;
            if (writtenBytes > spaceBytes) {
                throw new DatabaseException(SqlState.DISK_FULL, "no space left");
            }
            int end = Math.toIntExact(position + length);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            System.arraycopy(source, offset, bytes, (int) position, length);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            requireOpen();
            System.arraycopy(bytes, (int) position, target, offset, length);
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("the file is closed");
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }
}
