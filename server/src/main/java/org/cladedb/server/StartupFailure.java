package org.cladedb.server;

import org.jspecify.annotations.Nullable;

/// The server cannot start; the message says why, in one line for the user.
public final class StartupFailure extends RuntimeException {
    public StartupFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The message; never null, unlike [Throwable#getMessage()] in general.
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
