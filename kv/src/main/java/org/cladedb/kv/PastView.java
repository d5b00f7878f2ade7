package org.cladedb.kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction as it stood at some moment.
final class PastView implements ReadView {
    private final Transaction transaction;
    private final Transaction.Moment moment;

    PastView(Transaction transaction, Transaction.Moment moment) {
        this.transaction = transaction;
        this.moment = moment;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return transaction.get(key, moment);
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        return transaction.getAll(keys, moment);
    }

    @Override
    public RangeCursor scan(KeyRange range, ScanOptions options) {
        return transaction.scan(range, options, moment);
    }

    @Override
    public long estimateEntries(KeyRange range) {
        return transaction.estimateEntries(range, moment);
    }
}
