package org.cladedb.exec;

import org.cladedb.types.Datum;

/// Produces rows on demand. Owned by one thread at a time.
///
/// Calls: `open`, any number of `next` (false at the end, and then always), `close`; then `open`
/// again. `close` may come at any time, more than once, and closes the inputs.
public interface Operator extends AutoCloseable {
    /// The cells of the current row; the same array and cells always, also before `open`.
    Datum[] row();

    void open(ExecutionContext context);

    boolean next();

    @Override
    void close();
}
