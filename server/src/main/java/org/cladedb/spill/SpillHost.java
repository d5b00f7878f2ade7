package org.cladedb.spill;

/// What a [SpillSpace] needs of the execution that it serves.
public interface SpillHost {
    /// Where its files are made.
    TemporaryFiles temporaryFiles();

    /// Throws 57014 when the statement was cancelled or timed out; called from long loops.
    void checkCancelled();
}
