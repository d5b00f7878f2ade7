package org.cladedb.storage.group;

import org.cladedb.catalog.Table;

import java.util.List;

/// A table of a group scan and the slots wanted of it.
public record MemberRead(Table table, List<Integer> slots) {
    public MemberRead {
        slots = List.copyOf(slots);
    }
}
