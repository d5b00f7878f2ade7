package org.cladedb.kv;

import java.util.concurrent.atomic.LongAdder;

/// For engines: work done for readers.
public final class ReadCounters {
    public final LongAdder gets = new LongAdder();
    public final LongAdder cursors = new LongAdder();
    public final LongAdder batches = new LongAdder();
    public final LongAdder entries = new LongAdder();
}
