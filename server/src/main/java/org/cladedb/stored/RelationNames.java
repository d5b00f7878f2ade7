package org.cladedb.stored;

import java.util.List;
import org.cladedb.catalog.Column;

/// What relations are called now.
public interface RelationNames {
    /// Shown name, with the schema where it is needed; empty when there is no such relation.
    List<String> shown(int oid);

    /// All columns in slot order, dropped ones included.
    List<Column> columns(int oid);

    /// The OID of a system relation; 0 when there is none.
    int systemOid(String schema, String name);
}
