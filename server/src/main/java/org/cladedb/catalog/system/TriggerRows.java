package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;

/// pg_trigger: each foreign key shows as the four triggers that PostgreSQL keeps it with, two of
/// the table referred to and two of the one that refers. Here no trigger does it, but that is how
/// clients find out about foreign keys and their actions.
final class TriggerRows {
    private static final int EACH_ROW = 1;
    private static final int INSERT = 4;
    private static final int DELETE = 8;
    private static final int UPDATE = 16;

    /// Their OIDs in pg_proc, those of UPDATE being the next ones.
    private static final int CHECK_ON_INSERT = 1644;

    private static final int CASCADE_ON_DELETE = 1646;
    private static final int RESTRICT_ON_DELETE = 1648;
    private static final int SET_NULL_ON_DELETE = 1650;
    private static final int SET_DEFAULT_ON_DELETE = 1652;
    private static final int NO_ACTION_ON_DELETE = 1654;

    private TriggerRows() {}

    static void fill(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (CatalogSnapshot.Reference reference : snapshot.catalog().referencesTo(table)) {
                actions(snapshot, rows, reference);
            }
            for (ForeignKey key : table.constraints().foreignKeys()) {
                checks(snapshot, rows, table, key);
            }
        }
    }

    private static void actions(Snapshot snapshot, Rows rows, CatalogSnapshot.Reference reference) {
        ForeignKey key = reference.foreignKey();
        if (!key.enforced()) {
            return;
        }
        int referenced = key.referencedTableOid();
        int referencing = reference.table().oid();
        trigger(snapshot, rows, key, Oids.trigger(0, key.oid()), 'a')
                .set("tgrelid", referenced)
                .set("tgconstrrelid", referencing)
                .set("tgfoid", onDelete(key.onDelete()))
                .set("tgtype", EACH_ROW | DELETE);
        deferral(rows, key, key.onDelete() == ForeignKey.Action.NO_ACTION);
        trigger(snapshot, rows, key, Oids.trigger(1, key.oid()), 'a')
                .set("tgrelid", referenced)
                .set("tgconstrrelid", referencing)
                .set("tgfoid", onDelete(key.onUpdate()) + 1)
                .set("tgtype", EACH_ROW | UPDATE);
        deferral(rows, key, key.onUpdate() == ForeignKey.Action.NO_ACTION);
    }

    private static void checks(Snapshot snapshot, Rows rows, Table table, ForeignKey key) {
        if (!key.enforced()) {
            return;
        }
        trigger(snapshot, rows, key, Oids.trigger(2, key.oid()), 'c')
                .set("tgrelid", table.oid())
                .set("tgconstrrelid", key.referencedTableOid())
                .set("tgfoid", CHECK_ON_INSERT)
                .set("tgtype", EACH_ROW | INSERT);
        deferral(rows, key, true);
        trigger(snapshot, rows, key, Oids.trigger(3, key.oid()), 'c')
                .set("tgrelid", table.oid())
                .set("tgconstrrelid", key.referencedTableOid())
                .set("tgfoid", CHECK_ON_INSERT + 1)
                .set("tgtype", EACH_ROW | UPDATE);
        deferral(rows, key, true);
    }

    private static int onDelete(ForeignKey.Action action) {
        return switch (action) {
            case NO_ACTION -> NO_ACTION_ON_DELETE;
            case RESTRICT -> RESTRICT_ON_DELETE;
            case CASCADE -> CASCADE_ON_DELETE;
            case SET_NULL -> SET_NULL_ON_DELETE;
            case SET_DEFAULT -> SET_DEFAULT_ON_DELETE;
        };
    }

    private static Rows trigger(Snapshot snapshot, Rows rows, ForeignKey key, int oid, char side) {
        return rows.row()
                .set("oid", Integer.toUnsignedLong(oid))
                .set("tgparentid", 0)
                .set("tgname", "RI_ConstraintTrigger_" + side + "_" + Integer.toUnsignedString(oid))
                .set("tgenabled", 'O')
                .set("tgisinternal", true)
                .set("tgconstrindid", TableRows.referencedIndex(snapshot, key))
                .set("tgconstraint", key.oid())
                .set("tgnargs", 0)
                .set("tgattr", List.of())
                .set("tgargs", new byte[0]);
    }

    /// @param mayWait whether it can be put off; what changes other rows cannot
    private static void deferral(Rows rows, ForeignKey key, boolean mayWait) {
        rows.set("tgdeferrable", mayWait && key.deferrable())
                .set("tginitdeferred", mayWait && key.initiallyDeferred());
    }
}
