package org.cladedb.common;

/// The thread's work was stopped from outside; nobody but who runs the statement catches it.
public final class CancelledException extends RuntimeException {
    CancelledException() {
        super("cancelled", null, false, false);
    }
}
