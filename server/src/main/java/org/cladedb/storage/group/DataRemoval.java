package org.cladedb.storage.group;

import org.cladedb.catalog.Table;
import org.cladedb.kv.KeyRange;

/// Removes many rows at once, without looking at foreign keys. The tables are locked exclusively.
public final class DataRemoval {
    private DataRemoval() {}

    /// Removes all rows of a table and their index entries.
    public static void truncate(WriteContext context, Table table) {
        TableFormat format = context.formats().of(table);
        if (format.alone) {
            space(context, format.group.spaceId());
        } else {
            rowsOf(context, format);
        }
        format.indexes.forEach(index -> space(context, index.index.spaceId()));
    }

    /// Removes everything in a key space.
    static void space(WriteContext context, int spaceId) {
        context.kv().deleteRange(KeyRange.prefix(TableFormat.spacePrefix(spaceId)));
    }

    /// Removes the rows of one table from a space that it shares.
    static void rowsOf(WriteContext context, TableFormat format) {
        try (TableScan cursor = rows(context, format)) {
            while (cursor.next()) {
                context.kv().delete(cursor.hkey());
            }
        }
    }

    /// All rows of a table, with all columns.
    static TableScan rows(WriteContext context, TableFormat format) {
        return new TableScan(
                context.kv(),
                KeyRange.prefix(format.spacePrefix()),
                false,
                RowDecoder.all(format),
                new WorkCounters());
    }
}
