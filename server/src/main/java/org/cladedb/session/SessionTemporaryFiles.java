package org.cladedb.session;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.spill.SpillHost;
import org.cladedb.spill.TemporaryFile;
import org.cladedb.spill.TemporaryFiles;

/// The temporary files of one session, which together are not larger than `temp_file_limit`. Owned
/// by the session's thread.
final class SessionTemporaryFiles implements TemporaryFiles, SpillHost {
    private final Session session;
    private long bytes;

    SessionTemporaryFiles(Session session) {
        this.session = session;
    }

    @Override
    public TemporaryFiles temporaryFiles() {
        return this;
    }

    @Override
    public void checkCancelled() {
        session.control().check();
    }

    @Override
    public TemporaryFile create() {
        return new Counted(session.services().temporaryFiles().create());
    }

    /// Counts `more` bytes, unless that is too much.
    private void grow(long more) {
        long limitKilobytes = session.settings().number("temp_file_limit");
        if (limitKilobytes >= 0 && bytes + more > limitKilobytes * 1024) {
            throw new DatabaseException(
                    SqlState.CONFIGURATION_LIMIT_EXCEEDED,
                    "temporary file size exceeds \"temp_file_limit\" (%dkB)"
                            .formatted(limitKilobytes));
        }
        bytes += more;
    }

    private final class Counted implements TemporaryFile {
        private final TemporaryFile file;
        private long size;
        private boolean closed;

        Counted(TemporaryFile file) {
            this.file = file;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            long end = position + length;
            if (end > size) {
                grow(end - size);
                size = end;
            }
            file.write(position, source, offset, length);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            file.read(position, target, offset, length);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                bytes -= size;
                file.close();
            }
        }
    }
}
