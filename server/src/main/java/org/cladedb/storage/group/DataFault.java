package org.cladedb.storage.group;

/// Something stored that the catalog does not allow.
///
/// @param schema of the table; empty when no table is to be named
/// @param constraint which rule, index or foreign key; empty for the row itself
/// @param problem what is wrong, for people
/// @param row the primary key or place of the row; empty for a whole index
public record DataFault(
        String schema, String table, String constraint, String problem, String row) {}
