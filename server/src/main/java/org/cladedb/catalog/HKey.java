package org.cladedb.catalog;

import java.util.List;
import org.cladedb.types.SqlType;

/// The hierarchical key of a table: one segment per table from the group's root down to itself.
///
/// On disk: the group's space, then for each segment the table's ordinal and its key columns. A
/// parent's hkey is therefore a prefix of those of all its descendants, and sorts right before
/// them.
public record HKey(List<Segment> segments) {
    public HKey {
        segments = List.copyOf(segments);
    }

    /// The last segment: the table's own.
    public Segment own() {
        return segments.getLast();
    }

    /// One table's part.
    public record Segment(int tableOid, int ordinal, List<Part> parts) {
        public Segment {
            parts = List.copyOf(parts);
        }
    }

    /// One key column.
    ///
    /// @param type its type without modifier
    /// @param slot the slot of the column *of this hkey's table* that equals it; 0 when the table
    ///   does not carry it (an item knows its order, not its customer); [#ROW_ID] for the hidden
    ///   row number of tables without a primary key
    public record Part(SqlType type, int slot) {
        /// Marks the hidden bigint that keys rows of a table without a primary key.
        public static final int ROW_ID = -1;
    }
}
