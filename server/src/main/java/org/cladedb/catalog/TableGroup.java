package org.cladedb.catalog;

import java.util.List;

/// A tree of tables whose rows live in one key space, in hkey order.
///
/// @param rootOid the root table
/// @param spaceId the key space
/// @param members table OIDs, every parent before its children
/// @param nextOrdinal the ordinal for the next member
public record TableGroup(int rootOid, int spaceId, List<Integer> members, int nextOrdinal) {
    public TableGroup {
        members = List.copyOf(members);
    }
}
