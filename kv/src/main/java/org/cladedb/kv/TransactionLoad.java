package org.cladedb.kv;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bulk load that is committed with a transaction, and shows in its reads as soon as it is
/// finished: by [#finish], or by the first read or write of its range through the transaction.
///
/// It belongs to the savepoint at which it was begun. Owned by the transaction's thread.
public final class TransactionLoad {
    private final KeyRange range;
    private final boolean clears;
    private final BulkLoad load;
    // What remains to be done before the load can be read; null when that has begun.
    private @Nullable Consumer<BulkLoad> completion;
    private @Nullable ReadView view;

    /// @param clears whether what was committed in the range is to be deleted
    TransactionLoad(KeyRange range, boolean clears, BulkLoad load, Consumer<BulkLoad> completion) {
        this.range = range;
        this.clears = clears;
        this.load = load;
        this.completion = completion;
    }

    /// Whether nothing can be added any more.
    public boolean isFinished() {
        return completion == null;
    }

    /// Adds an entry.
    ///
    /// @throws IllegalArgumentException the key is not above the one before, or outside the range
    public void add(byte[] key, byte[] value) {
        if (completion == null) {
            throw new IllegalStateException("the load is finished");
        }
        load.add(key, value);
    }

    /// Lets the transaction read what was added. Idempotent.
    public void finish() {
        Consumer<BulkLoad> remaining = completion;
        if (remaining != null) {
            completion = null;
            remaining.accept(load);
            view = load.view();
        }
    }

    /// What was loaded; finishes the load.
    ReadView view() {
        finish();
        ReadView loaded = view;
        if (loaded == null) {
            throw new IllegalStateException("the load is read while it is being completed");
        }
        return loaded;
    }

    KeyRange range() {
        return range;
    }

    boolean clears() {
        return clears;
    }

    BulkLoad load() {
        return load;
    }
}
