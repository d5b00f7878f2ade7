package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableStorage;
import org.cladedb.catalog.TableStorage.ReplicaIdentity;
import org.cladedb.ddl.StorageParameters.Owner;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTableAction;
import org.jspecify.annotations.Nullable;

/// What ALTER TABLE says of a table's storage: parameters, logging, clustering, replication.
final class TableStorages {
    private final DdlContext context;

    TableStorages(DdlContext context) {
        this.context = context;
    }

    void apply(Table table, AlterTableAction.SetOptions set) {
        List<String> before = table.storage().options();
        List<String> after =
                set.reset()
                        ? RelationOptions.reset(before, set.options(), Owner.TABLE)
                        : RelationOptions.with(before, set.options(), Owner.TABLE);
        change(table, table.storage().withOptions(after));
    }

    void apply(Table table, AlterTableAction.SetLogged set) {
        boolean unlogged = !set.logged();
        if (table.storage().unlogged() == unlogged) {
            return;
        }
        if (unlogged) {
            for (CatalogSnapshot.Reference reference : context.catalog().referencesTo(table)) {
                requireSameLogging(table, reference.table(), reference.foreignKey(), true);
            }
        } else {
            for (ForeignKey key : table.constraints().foreignKeys()) {
                requireSameLogging(
                        table, context.catalog().table(key.referencedTableOid()), key, false);
            }
        }
        TableDraft draft = new TableDraft(table);
        draft.storage = table.storage().withUnlogged(unlogged);
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().put(draft.build());
        for (Sequence sequence : context.catalog().ownedSequences(table.oid())) {
            builder.put(SequenceFactory.withUnlogged(sequence, unlogged));
        }
        context.change(builder);
    }

    /// What survives a crash must not refer to what does not.
    private static void requireSameLogging(
            Table table, @Nullable Table other, ForeignKey key, boolean unlogged) {
        if (other == null || other.oid() == table.oid() || other.storage().unlogged() == unlogged) {
            return;
        }
        throw new DatabaseException(
                        SqlState.INVALID_TABLE_DEFINITION,
                        "could not change table \"%s\" to %s because it references %s table \"%s\""
                                .formatted(
                                        table.name(),
                                        unlogged ? "unlogged" : "logged",
                                        unlogged ? "logged" : "unlogged",
                                        other.name()))
                .withObject(table.schema(), table.name(), null, key.name());
    }

    void apply(Table table, AlterTableAction.ClusterOn cluster) {
        String name = cluster.index();
        int oid = name == null ? 0 : index(table, name).oid();
        change(table, table.storage().withClusteredIndex(oid));
    }

    void apply(Table table, AlterTableAction.ReplicaIdentity replica) {
        String name = replica.index();
        if (name == null) {
            ReplicaIdentity identity =
                    switch (replica.mode()) {
                        case "full" -> ReplicaIdentity.FULL;
                        case "nothing" -> ReplicaIdentity.NOTHING;
                        default -> ReplicaIdentity.DEFAULT;
                    };
            change(table, table.storage().withReplicaIdentity(identity, 0));
            return;
        }
        Index index = index(table, name);
        if (!index.unique()) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "cannot use non-unique index \"" + name + "\" as replica identity");
        }
        for (Index.IndexColumn part : index.columns()) {
            Column column = table.column(part.slot());
            if (!column.notNull()) {
                throw new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE,
                        "index \"%s\" cannot be used as replica identity because column \"%s\" is nullable"
                                .formatted(name, column.name()));
            }
        }
        change(table, table.storage().withReplicaIdentity(ReplicaIdentity.INDEX, index.oid()));
    }

    /// Whether rows are identified by the column to who replicates them.
    static boolean identifies(Table table, Column column) {
        TableStorage storage = table.storage();
        return storage.replicaIdentity() == ReplicaIdentity.INDEX
                && table.indexes().stream()
                        .filter(index -> index.oid() == storage.replicaIndexOid())
                        .flatMap(index -> index.columns().stream())
                        .anyMatch(part -> part.slot() == column.number());
    }

    private Index index(Table table, String name) {
        for (Index index : table.indexes()) {
            if (index.name().equals(name)) {
                return index;
            }
        }
        if (context.catalog().object(table.schema(), name) != null) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"%s\" is not an index for table \"%s\"".formatted(name, table.name()));
        }
        throw new DatabaseException(
                SqlState.UNDEFINED_OBJECT,
                "index \"%s\" for table \"%s\" does not exist".formatted(name, table.name()));
    }

    private void change(Table table, TableStorage storage) {
        TableDraft draft = new TableDraft(table);
        draft.storage = storage;
        context.change(context.catalog().toBuilder().put(draft.build()));
    }
}
