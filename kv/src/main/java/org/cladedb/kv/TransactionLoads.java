package org.cladedb.kv;

import java.util.ArrayList;
import java.util.List;

/// The loads of one transaction, in the order they were begun. Owned by its thread.
final class TransactionLoads {
    private final List<TransactionLoad> loads = new ArrayList<>(0);
    private final List<BulkLoad> scratch = new ArrayList<>(0);

    boolean isEmpty() {
        return loads.isEmpty();
    }

    int size() {
        return loads.size();
    }

    TransactionLoad add(TransactionLoad load) {
        loads.add(load);
        return load;
    }

    BulkLoad addScratch(BulkLoad load) {
        scratch.add(load);
        return load;
    }

    boolean intersect(KeyRange range) {
        return loads.stream().anyMatch(load -> load.range().intersects(range));
    }

    /// What lies below the transaction's own writes at `key`: one of the first `count` loads, or
    /// else `snapshot`.
    ReadView below(byte[] key, ReadView snapshot, int count) {
        for (TransactionLoad load : loads.subList(0, count)) {
            if (load.range().contains(key)) {
                return load.view();
            }
        }
        return snapshot;
    }

    /// What lies below the transaction's own writes in `range`.
    ReadView below(KeyRange range, ReadView snapshot, int count) {
        for (TransactionLoad load : loads.subList(0, count)) {
            if (load.range().contains(range)) {
                return load.view();
            }
            if (load.range().intersects(range)) {
                throw new IllegalStateException("a scan reaches beyond the range of a load");
            }
        }
        return snapshot;
    }

    void finishAt(byte[] key) {
        for (TransactionLoad load : loads) {
            if (!load.isFinished() && load.range().contains(key)) {
                load.finish();
            }
        }
    }

    void finish() {
        loads.forEach(TransactionLoad::finish);
    }

    List<BulkLoad> toCommit() {
        return loads.stream().map(TransactionLoad::load).toList();
    }

    /// The ranges in which nothing stays but what was loaded.
    List<KeyRange> cleared() {
        return loads.stream().filter(TransactionLoad::clears).map(TransactionLoad::range).toList();
    }

    /// Gives the loads up that were begun after the first `count`.
    void closeFrom(int count) {
        while (loads.size() > count) {
            loads.removeLast().load().close();
        }
    }

    void close() {
        closeFrom(0);
        scratch.forEach(BulkLoad::close);
        scratch.clear();
    }
}
