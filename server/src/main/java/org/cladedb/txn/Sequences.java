package org.cladedb.txn;

import org.cladedb.catalog.Sequence;

/// Values of sequences. Drawing is never undone by a rollback, unless the transaction made or
/// restarted the sequence; a crash may skip values, never repeat one.
public interface Sequences {
    /// The next value, within `transaction` only when the sequence itself was made in it.
    ///
    /// @throws org.cladedb.error.DatabaseException 2200H when exhausted
    long next(DatabaseTransaction transaction, Sequence sequence);

    void set(DatabaseTransaction transaction, Sequence sequence, long value, boolean called);

    /// As [#set], not called, but as a part of `transaction`: undone with it, and until it ends
    /// seen by it alone.
    void restart(DatabaseTransaction transaction, Sequence sequence, long value);

    /// The last value drawn or set, and whether it was drawn (`is_called`).
    State state(DatabaseTransaction transaction, Sequence sequence);

    /// As `SELECT last_value, is_called FROM sequence` shows it.
    record State(long lastValue, boolean called) {}
}
