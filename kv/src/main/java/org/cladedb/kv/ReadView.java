package org.cladedb.kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads of one consistent state: a [Snapshot], or a [Transaction] that adds its own writes.
public interface ReadView {
    /// The value of `key`, or null when absent. The array must not be changed.
    byte @Nullable [] get(byte[] key);

    /// The values of many keys in the order asked, null where absent; one round trip on a remote
    /// engine.
    List<byte @Nullable []> getAll(List<byte[]> keys);

    /// Opens a cursor; the caller closes it.
    RangeCursor scan(KeyRange range, ScanOptions options);

    /// Roughly how many entries the range has, found without visiting them: right within a small
    /// factor where they are many.
    long estimateEntries(KeyRange range);
}
