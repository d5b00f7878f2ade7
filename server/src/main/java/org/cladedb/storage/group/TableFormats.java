package org.cladedb.storage.group;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;

/// The formats of the tables of one catalog snapshot, worked out when first asked for. Safe for any
/// thread.
public final class TableFormats {
    private final CatalogSnapshot catalog;
    private final Map<Integer, TableFormat> formats = new ConcurrentHashMap<>();

    public TableFormats(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    public CatalogSnapshot catalog() {
        return catalog;
    }

    TableFormat of(Table table) {
        TableFormat format = of(table.oid());
        if (!isSame(format.table, table) && !format.table.equals(table)) {
            throw new IllegalStateException(
                    "table \"" + table.name() + "\" is not that of the statement's catalog");
        }
        return format;
    }

    /// Plans keep the catalog's own objects, so comparing field by field is rarely needed.
    @SuppressWarnings("ReferenceEquality") // the point is to avoid equals
    private static boolean isSame(Object left, Object right) {
        return left == right;
    }

    TableFormat of(int oid) {
        TableFormat known = formats.get(oid);
        return known != null ? known : formats.computeIfAbsent(oid, this::create);
    }

    private TableFormat create(int oid) {
        Table table = catalog.table(oid);
        if (table == null) {
            throw new IllegalStateException("the catalog has no table with OID " + oid);
        }
        TableGroup group = catalog.group(table.groupOid());
        if (group == null) {
            throw new IllegalStateException("table \"" + table.name() + "\" has no group");
        }
        return new TableFormat(table, group, catalog.referencesTo(table));
    }
}
