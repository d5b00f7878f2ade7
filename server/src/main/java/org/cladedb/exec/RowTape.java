package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillHost;
import org.cladedb.spill.SpillSpace;
import org.cladedb.spill.Tape;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Rows in a temporary file that are written one after the other and then read once. For results
/// that outlive their plan.
///
/// Calls: any number of `add`, then `next` until false, `close`.
public final class RowTape implements AutoCloseable {
    private final RowBytes rowBytes;
    private final SpillSpace space = new SpillSpace();
    private final Tape tape;
    private final ByteWriter record = new ByteWriter();
    private Tape.@Nullable Reader reader;

    public RowTape(List<SqlType> types, MemoryAccount memory, SpillHost host) {
        rowBytes = new RowBytes(types);
        space.begin(host);
        tape = new Tape(space.open(memory.workBytes()), memory);
    }

    public void add(Datum[] row) {
        record.clear();
        rowBytes.append(row, record);
        tape.append(record.array(), record.size());
    }

    public long size() {
        return tape.records();
    }

    /// Fills `out` with the next row, whose values are valid until the next call; false at the end.
    public boolean next(Datum[] out) {
        Tape.Reader current = reader;
        if (current == null) {
            tape.finish();
            current = tape.lastReader();
            reader = current;
        }
        if (!current.next()) {
            return false;
        }
        rowBytes.read(current.array(), current.offset(), out);
        return true;
    }

    @Override
    public void close() {
        tape.discard();
        if (reader != null) {
            reader.close();
        }
        space.end();
    }
}
