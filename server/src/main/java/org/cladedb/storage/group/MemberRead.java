package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.catalog.Table;

/// A table of a group scan and the slots wanted of it.
public record MemberRead(Table table, List<Integer> slots) {
    public MemberRead {
        slots = List.copyOf(slots);
    }
}
