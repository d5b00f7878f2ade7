package org.cladedb.kv.io;

import java.io.IOException;

/// Another process, or another part of this one, holds the lock file.
public final class FileLockedException extends IOException {
    public FileLockedException(String message) {
        super(message);
    }
}
