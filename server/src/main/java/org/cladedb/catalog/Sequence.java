package org.cladedb.catalog;

import java.util.List;
import org.cladedb.types.SqlType;

/// A sequence's definition; its current value is stored apart.
///
/// @param ownerTableOid the table it belongs to (serial, identity), 0 for none
/// @param ownerColumn the slot of that column
/// @param unlogged as UNLOGGED says; it is as durable as all others
public record Sequence(
        int oid,
        String schema,
        String name,
        SqlType type,
        long start,
        long increment,
        long minimum,
        long maximum,
        long cache,
        boolean cycle,
        int ownerTableOid,
        int ownerColumn,
        boolean identity,
        boolean unlogged) {
    /// The sequence as a table that queries read: one row.
    public SystemTable relation() {
        return new SystemTable(
                oid,
                schema,
                name,
                List.of(
                        column(1, "last_value", SqlType.BIGINT),
                        column(2, "log_cnt", SqlType.BIGINT),
                        column(3, "is_called", SqlType.BOOLEAN)));
    }

    private static Column column(int number, String name, SqlType type) {
        return new Column(
                number, name, type, true, null, Column.Generation.NONE, false, null, null);
    }
}
