package org.cladedb.kv.io;

import java.io.IOException;

/// There was no space for what should be written; a part of it may have been. The write can be
/// repeated. Never thrown by a sync: what a failed sync left behind is unknown.
public final class NoSpaceException extends IOException {
    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }

    public NoSpaceException(String message) {
        super(message);
    }
}
