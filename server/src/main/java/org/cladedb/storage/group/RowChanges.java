package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.encoding.KeyPart;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Changes rows of one table with everything that follows from it: index entries, places in the
/// group, foreign keys in both directions. Owned by one thread, for one statement.
///
/// A row's parent is looked up at once, and again at the end of the statement when it was not
/// there. What happens to rows that refer to a deleted or changed row happens at the end of the
/// statement, wave by wave: each wave's guards are held before the snapshot moves forward and the
/// rows are looked for, so that none slips through.
public final class RowChanges implements TableWriter {
    private final WriteContext context;
    private final RowWriter writer;
    private final TableFormat format;
    private final List<ParentKeys> foreignKeys = new ArrayList<>();
    private final Map<Integer, ReferentialAction> actions = new HashMap<>();
    private List<Runnable> pending = new ArrayList<>();

    public RowChanges(WriteContext context, Table table) {
        this.context = context;
        format = context.formats().of(table);
        writer = new RowWriter(context, format);
        for (ForeignKey key : format.table.constraints().foreignKeys()) {
            ParentKeys grouping = writer.parents();
            if (key.enforced()) {
                foreignKeys.add(
                        key.grouping() && grouping != null
                                ? grouping
                                : new ParentKeys(context, format, key));
            }
        }
    }

    @Override
    public void insert(Datum[] row) {
        byte[] key = writer.insert(row);
        for (ParentKeys parents : foreignKeys) {
            requireParent(parents, key, row);
        }
    }

    @Override
    public byte @Nullable [] findConflict(Datum[] row, int indexOid) {
        return writer.findConflict(row, indexOid);
    }

    @Override
    public void update(byte[] hkey, Datum[] oldRow, Datum[] newRow) {
        byte[] key = writer.update(hkey, oldRow, newRow);
        for (ParentKeys parents : foreignKeys) {
            if (!parents.isSame(oldRow, newRow)) {
                requireParent(parents, key, newRow);
            }
        }
        for (CatalogSnapshot.Reference reference : format.references) {
            if (!isSame(reference.foreignKey().referencedColumns(), oldRow, newRow)) {
                RowGuards.exclude(context, format.group, hkey);
                react(reference, hkey, oldRow, newRow);
            }
        }
    }

    @Override
    public void delete(byte[] hkey, Datum[] oldRow) {
        writer.delete(hkey, oldRow);
        for (CatalogSnapshot.Reference reference : format.references) {
            react(reference, hkey, oldRow, null);
        }
    }

    @Override
    public boolean read(byte[] hkey, Datum[] out) {
        return writer.read(hkey, out);
    }

    /// Puts a row where its grouping parent is now.
    void replace(byte[] hkey, Datum[] row) {
        writer.replace(hkey, row);
    }

    private boolean isSame(List<Integer> slots, Datum[] oldRow, Datum[] newRow) {
        for (int slot : slots) {
            KeyPart part = KeyPart.ascending(format.table.column(slot).type());
            byte[] before = new KeyBuilder(0).append(part, oldRow[slot - 1]).toByteArray();
            byte[] after = new KeyBuilder(0).append(part, newRow[slot - 1]).toByteArray();
            if (!Arrays.equals(before, after)) {
                return false;
            }
        }
        return true;
    }

    private void requireParent(ParentKeys parents, byte[] key, Datum[] row) {
        if (parents.refersToNothing(row) || parents.find(row) != null) {
            return;
        }
        Datum[] kept = frozen(row);
        later(() -> requireLateParent(parents, key, kept));
    }

    private void requireLateParent(ParentKeys parents, byte[] key, Datum[] row) {
        parents.forget();
        Datum[] now = Datum.row(row.length);
        if (!writer.read(key, now) || !parents.isSame(row, now)) {
            return;
        }
        if (parents.find(row) == null) {
            throw parents.missing(row);
        }
        if (parents.foreignKey.grouping()) {
            writer.replace(key, now);
        }
    }

    private void react(
            CatalogSnapshot.Reference reference,
            byte[] key,
            Datum[] oldRow,
            Datum @Nullable [] newRow) {
        if (!reference.foreignKey().enforced()) {
            return;
        }
        for (int slot : reference.foreignKey().referencedColumns()) {
            if (oldRow[slot - 1].isNull()) {
                return;
            }
        }
        Datum[] before = frozen(oldRow);
        Datum[] after = newRow == null ? null : frozen(newRow);
        later(() -> action(reference).run(key, before, after));
    }

    private ReferentialAction action(CatalogSnapshot.Reference reference) {
        return actions.computeIfAbsent(
                reference.foreignKey().oid(),
                _ -> new ReferentialAction(context, format, reference));
    }

    private void later(Runnable check) {
        if (pending.isEmpty()) {
            context.atStatementEnd(this::runPending);
        }
        pending.add(check);
    }

    private void runPending() {
        List<Runnable> wave = pending;
        pending = new ArrayList<>();
        actions.clear();
        context.refresh();
        wave.forEach(Runnable::run);
    }

    private Datum[] frozen(Datum[] row) {
        Datum[] copy = new Datum[row.length];
        for (int i = 0; i < row.length; i++) {
            copy[i] = row[i].freeze(format.table.columns().get(i).type().form());
        }
        return copy;
    }
}
