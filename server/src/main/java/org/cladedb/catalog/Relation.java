package org.cladedb.catalog;

import java.util.List;

/// What a name in FROM can mean.
public sealed interface Relation permits Table, View, SystemTable {
    int oid();

    /// The name of its schema.
    String schema();

    String name();

    /// All columns in slot order, dropped ones included.
    List<Column> columns();
}
