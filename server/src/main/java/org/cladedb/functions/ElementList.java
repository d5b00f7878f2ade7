package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.cladedb.types.ValueSize;

/// The elements of an array that a function makes of one value, counted while they become more.
/// Closing gives back what was counted: from then on the array counts as the function's result.
final class ElementList implements AutoCloseable {
    private static final long STEP_BYTES = 1 << 16;

    private final MemoryAccount memory;
    private final List<Datum> elements = new ArrayList<>();
    private long bytes;

    ElementList(MemoryAccount statement) {
        memory = statement.part();
    }

    /// Adds an element of form [ValueForm#BYTES]; the cell is kept.
    void add(Datum element) {
        elements.add(element);
        bytes += ValueSize.of(element, ValueForm.BYTES);
        if (bytes > memory.usedBytes()) {
            memory.reserve(Math.max(STEP_BYTES, bytes / 4));
        }
    }

    ArrayValue array(SqlType type) {
        return ArrayValue.of(type, elements);
    }

    @Override
    public void close() {
        memory.releaseAll();
    }
}
