package org.cladedb.storage.catalogstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.catalog.View;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Transaction;
import org.jspecify.annotations.Nullable;

/// Loads the catalog snapshots of one database and writes the differences between two. Immutable.
public final class CatalogStore {
    private final int database;
    private final CatalogKeys keys;

    /// @param database its number
    public CatalogStore(int database) {
        this.database = database;
        keys = new CatalogKeys(database);
    }

    public CatalogKeys keys() {
        return keys;
    }

    /// The version stored; 0 where nothing was changed yet.
    public long version(ReadView view) {
        byte[] stored = view.get(keys.version());
        return stored == null ? 0 : CatalogCodec.open(stored).longNumber();
    }

    /// Loads everything.
    public CatalogSnapshot load(ReadView view) {
        CatalogSnapshot.Builder builder = CatalogSnapshot.empty(database).toBuilder();
        boolean found = false;
        try (RangeCursor cursor = view.scan(keys.all(), ScanOptions.FORWARD)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    if (!found) {
                        // What is stored says whether there still is a schema public.
                        builder.removeSchema("public");
                        found = true;
                    }
                    read(builder, batch.copyKey(i), batch.copyValue(i));
                }
            }
        }
        return found ? builder.build() : CatalogSnapshot.empty(database);
    }

    private static void read(CatalogSnapshot.Builder builder, byte[] key, byte[] value) {
        switch (CatalogKeys.kind(key)) {
            case CatalogKeys.VERSION -> {
                ObjectReader in = CatalogCodec.open(value);
                builder.counters(in.longNumber(), in.number(), in.number());
                in.end();
            }
            case CatalogKeys.SCHEMA -> builder.put(CatalogCodec.readSchema(value));
            case CatalogKeys.TABLE -> builder.put(CatalogCodec.readTable(value));
            case CatalogKeys.VIEW -> builder.put(CatalogCodec.readView(value));
            case CatalogKeys.SEQUENCE -> builder.put(CatalogCodec.readSequence(value));
            case CatalogKeys.GROUP -> builder.put(CatalogCodec.readGroup(value));
            case CatalogKeys.COMMENT -> {
                ObjectReader in = CatalogCodec.open(value);
                int at = Integer.BYTES + 1;
                builder.comment(
                        BigEndian.getInt(key, at),
                        BigEndian.getInt(key, at + Integer.BYTES),
                        in.text());
                in.end();
            }
            default -> throw ObjectReader.damaged();
        }
    }

    /// The OIDs of the tables whose writers must know of the difference: those that change, those
    /// that foreign keys which change refer to, and all members of groups that change. In ascending
    /// order, so that locks on them are taken in one order.
    public static SequencedSet<Integer> affectedTables(
            CatalogSnapshot before, CatalogSnapshot after) {
        TreeSet<Integer> affected = new TreeSet<>();
        for (Table table : before.tables()) {
            addAffected(affected, table, after.table(table.oid()));
        }
        for (Table table : after.tables()) {
            addAffected(affected, table, before.table(table.oid()));
        }
        for (TableGroup group : before.groups()) {
            if (!group.equals(after.group(group.rootOid()))) {
                affected.addAll(group.members());
            }
        }
        affected.removeIf(oid -> before.table(oid) == null);
        return affected;
    }

    private static void addAffected(Set<Integer> affected, Table table, @Nullable Table other) {
        if (table.equals(other)) {
            return;
        }
        affected.add(table.oid());
        List<ForeignKey> keys = table.constraints().foreignKeys();
        if (other == null || !keys.equals(other.constraints().foreignKeys())) {
            keys.forEach(key -> affected.add(key.referencedTableOid()));
        }
    }

    /// Writes what differs, the version always.
    public void write(Transaction transaction, CatalogSnapshot before, CatalogSnapshot after) {
        boolean first = version(transaction) == 0;
        transaction.put(
                keys.version(),
                new ObjectWriter()
                        .number(1)
                        .longNumber(after.version())
                        .number(after.nextOid())
                        .number(after.nextSpaceId())
                        .toByteArray());
        for (Schema schema : before.schemas()) {
            if (after.schema(schema.name()) == null) {
                transaction.delete(keys.schema(schema.name()));
            }
        }
        for (Schema schema : after.schemas()) {
            if (first || !schema.equals(before.schema(schema.name()))) {
                transaction.put(keys.schema(schema.name()), CatalogCodec.write(schema));
            }
        }
        writeTables(transaction, before, after);
        writeOthers(transaction, before, after);
        writeComments(transaction, before, after);
    }

    private void writeTables(
            Transaction transaction, CatalogSnapshot before, CatalogSnapshot after) {
        SequencedSet<Integer> affected = affectedTables(before, after);
        for (int oid : affected) {
            if (after.table(oid) == null) {
                transaction.delete(keys.table(oid));
                forgetCounter(transaction, oid);
            }
        }
        for (Table table : after.tables()) {
            // Tables that are affected without a change are written too: the write of the key tells
            // waiting writers to look again.
            if (affected.contains(table.oid()) || before.table(table.oid()) == null) {
                transaction.put(keys.table(table.oid()), CatalogCodec.write(table));
            }
        }
        for (TableGroup group : before.groups()) {
            if (after.group(group.rootOid()) == null) {
                transaction.delete(keys.object(CatalogKeys.GROUP, group.rootOid()));
            }
        }
        for (TableGroup group : after.groups()) {
            if (!group.equals(before.group(group.rootOid()))) {
                transaction.put(
                        keys.object(CatalogKeys.GROUP, group.rootOid()), CatalogCodec.write(group));
            }
        }
    }

    /// Counters are written by small transactions of their own, which must not conflict with this
    /// one: range deletions are not checked.
    private void forgetCounter(Transaction transaction, int oid) {
        transaction.deleteRange(KeyRange.single(keys.counter(oid)));
    }

    private void writeOthers(
            Transaction transaction, CatalogSnapshot before, CatalogSnapshot after) {
        for (View view : before.views()) {
            if (after.view(view.oid()) == null) {
                transaction.delete(keys.object(CatalogKeys.VIEW, view.oid()));
            }
        }
        for (View view : after.views()) {
            if (!view.equals(before.view(view.oid()))) {
                transaction.put(
                        keys.object(CatalogKeys.VIEW, view.oid()), CatalogCodec.write(view));
            }
        }
        for (Sequence sequence : before.sequences()) {
            if (after.sequence(sequence.oid()) == null) {
                transaction.delete(keys.object(CatalogKeys.SEQUENCE, sequence.oid()));
                forgetCounter(transaction, sequence.oid());
            }
        }
        for (Sequence sequence : after.sequences()) {
            if (!sequence.equals(before.sequence(sequence.oid()))) {
                transaction.put(
                        keys.object(CatalogKeys.SEQUENCE, sequence.oid()),
                        CatalogCodec.write(sequence));
            }
        }
    }

    private void writeComments(
            Transaction transaction, CatalogSnapshot before, CatalogSnapshot after) {
        List<CatalogSnapshot.CommentKey> gone = new ArrayList<>(before.comments().keySet());
        gone.removeAll(after.comments().keySet());
        for (CatalogSnapshot.CommentKey key : gone) {
            transaction.delete(keys.comment(key.objectOid(), key.subId()));
        }
        for (Map.Entry<CatalogSnapshot.CommentKey, String> entry : after.comments().entrySet()) {
            CatalogSnapshot.CommentKey key = entry.getKey();
            if (!entry.getValue().equals(before.comment(key.objectOid(), key.subId()))) {
                transaction.put(
                        keys.comment(key.objectOid(), key.subId()),
                        new ObjectWriter().number(1).text(entry.getValue()).toByteArray());
            }
        }
    }
}
