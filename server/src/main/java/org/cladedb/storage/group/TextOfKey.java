package org.cladedb.storage.group;

import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.catalog.Table;
import org.cladedb.types.Datum;

/// How error details print a key: `(a, b)=(1, x)`.
final class TextOfKey {
    private TextOfKey() {}

    /// `row` has a cell per slot of `table`.
    static String of(Table table, List<Integer> slots, Datum[] row) {
        String names =
                slots.stream()
                        .map(slot -> table.column(slot).name())
                        .collect(Collectors.joining(", "));
        String values =
                slots.stream()
                        .map(slot -> ValueText.of(table.column(slot).type(), row[slot - 1]))
                        .collect(Collectors.joining(", "));
        return "(" + names + ")=(" + values + ")";
    }
}
