package org.cladedb.plan.physical;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// One level of a nested read of a group: rows of `table` below the row of the level above.
///
/// @param scanColumns what `slots` are called in expressions, pairwise
/// @param filter over the columns of this level and those above; null for none
/// @param items what is written of each row, in order
public record NestedLevel(
        Table table,
        List<Integer> slots,
        List<OutputColumn> scanColumns,
        @Nullable TypedExpression filter,
        List<Item> items) {
    public NestedLevel {
        slots = List.copyOf(slots);
        scanColumns = List.copyOf(scanColumns);
        items = List.copyOf(items);
    }

    /// A field of the JSON object written for a row.
    public sealed interface Item {
        String name();
    }

    /// A value.
    public record Value(String name, TypedExpression expression) implements Item {}

    /// A further level.
    public record Nested(String name, NestedLevel level) implements Item {}
}
