package org.cladedb.session;

/// Shares the processors among statements, so that long ones do not stop the others. Safe for any
/// thread.
public interface ProcessorTurns {
    /// The turns of one session.
    Turn turn();

    /// What one session's thread says about its statements.
    interface Turn {
        /// A statement begins. Costs next to nothing.
        void begin();

        /// The statement has run for a while and goes on: others go first if it is their turn.
        /// Returns early when the thread is interrupted. Never call it with a lock that a short
        /// statement may want.
        void pass();

        /// The statement is over. Idempotent.
        void end();
    }
}
