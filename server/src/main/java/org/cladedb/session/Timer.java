package org.cladedb.session;

/// Runs something later, on another thread.
public interface Timer {
    /// Runs `action` after `delayMillis` unless the result is cancelled first. The action must be
    /// short.
    Scheduled schedule(long delayMillis, Runnable action);

    /// Something that will run.
    interface Scheduled {
        void cancel();
    }
}
