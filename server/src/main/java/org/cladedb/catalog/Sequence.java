package org.cladedb.catalog;

import org.cladedb.types.SqlType;

/// A sequence's definition; its current value is stored apart.
///
/// @param ownerTableOid the table it belongs to (serial, identity), 0 for none
/// @param ownerColumn the slot of that column
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
        boolean identity) {}
