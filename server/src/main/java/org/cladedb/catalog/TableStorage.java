package org.cladedb.catalog;

import java.util.List;

/// What a table's definition says of how it is to be stored, logged and replicated. Nothing here
/// depends on it; it is kept to be shown and dumped.
///
/// @param unlogged as UNLOGGED says; rows are as durable as all others
/// @param options `name=value`, those of the table behind long values as `toast.name=value`
/// @param replicaIndexOid the index of REPLICA IDENTITY USING INDEX, 0 for none
/// @param clusteredIndexOid the index of CLUSTER ON, 0 for none
public record TableStorage(
        boolean unlogged,
        List<String> options,
        ReplicaIdentity replicaIdentity,
        int replicaIndexOid,
        int clusteredIndexOid) {
    public static final TableStorage DEFAULT =
            new TableStorage(false, List.of(), ReplicaIdentity.DEFAULT, 0, 0);

    /// What identifies a row to who replicates it.
    public enum ReplicaIdentity {
        DEFAULT,
        FULL,
        NOTHING,
        INDEX
    }

    public TableStorage {
        options = List.copyOf(options);
    }

    public TableStorage withUnlogged(boolean newUnlogged) {
        return new TableStorage(
                newUnlogged, options, replicaIdentity, replicaIndexOid, clusteredIndexOid);
    }

    public TableStorage withOptions(List<String> newOptions) {
        return new TableStorage(
                unlogged, newOptions, replicaIdentity, replicaIndexOid, clusteredIndexOid);
    }

    /// @param indexOid 0 unless the identity is an index
    public TableStorage withReplicaIdentity(ReplicaIdentity identity, int indexOid) {
        return new TableStorage(unlogged, options, identity, indexOid, clusteredIndexOid);
    }

    /// @param indexOid 0 for none
    public TableStorage withClusteredIndex(int indexOid) {
        return new TableStorage(unlogged, options, replicaIdentity, replicaIndexOid, indexOid);
    }
}
