package org.cladedb.storage.catalogstore;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.cladedb.catalog.CatalogDifferences;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.catalog.View;
import org.cladedb.common.BigEndian;
import org.cladedb.common.PersistentMap.Difference;
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

    /// What a change of the catalog is about.
    public static AffectedRelations affected(CatalogSnapshot before, CatalogSnapshot after) {
        return affected(before, before.differencesTo(after));
    }

    private static AffectedRelations affected(
            CatalogSnapshot before, CatalogDifferences differences) {
        TreeSet<Integer> changed = new TreeSet<>();
        for (Difference<Integer, Table> table : differences.tables()) {
            changed.add(table.key());
            List<ForeignKey> old = foreignKeys(table.before());
            List<ForeignKey> now = foreignKeys(table.after());
            if (!old.equals(now)) {
                old.forEach(key -> changed.add(key.referencedTableOid()));
                now.forEach(key -> changed.add(key.referencedTableOid()));
            }
        }
        TreeSet<Integer> others = new TreeSet<>();
        differences.groupsBefore().forEach(group -> others.addAll(group.members()));
        others.removeAll(changed);
        TreeSet<Integer> tables = new TreeSet<>(changed);
        tables.addAll(others);
        differences.views().forEach(view -> changed.add(view.key()));
        changed.removeIf(oid -> before.table(oid) == null && before.view(oid) == null);
        List.of(others, tables).forEach(set -> set.removeIf(oid -> before.table(oid) == null));
        return new AffectedRelations(changed, others, tables);
    }

    private static List<ForeignKey> foreignKeys(@Nullable Table table) {
        return table == null ? List.of() : table.constraints().foreignKeys();
    }

    /// Writes what differs, the version always.
    public void write(Transaction transaction, CatalogSnapshot before, CatalogSnapshot after) {
        CatalogDifferences differences = before.differencesTo(after);
        boolean first = version(transaction) == 0;
        transaction.put(
                keys.version(),
                new ObjectWriter()
                        .number(CatalogCodec.FORMAT)
                        .longNumber(after.version())
                        .number(after.nextOid())
                        .number(after.nextSpaceId())
                        .toByteArray());
        if (first) {
            for (Schema schema : before.schemas()) {
                transaction.put(keys.schema(schema.name()), CatalogCodec.write(schema));
            }
        }
        for (Difference<String, Schema> schema : differences.schemas()) {
            write(transaction, keys.schema(schema.key()), schema.after(), CatalogCodec::write);
        }
        writeTables(transaction, before, after, differences);
        writeOthers(transaction, differences);
        writeComments(transaction, differences);
    }

    /// Puts an object, or deletes what was there when it is null.
    private static <T> void write(
            Transaction transaction, byte[] key, @Nullable T object, Function<T, byte[]> codec) {
        if (object == null) {
            transaction.delete(key);
        } else {
            transaction.put(key, codec.apply(object));
        }
    }

    private void writeTables(
            Transaction transaction,
            CatalogSnapshot before,
            CatalogSnapshot after,
            CatalogDifferences differences) {
        // Tables that are affected without a change are written too: the write of the key tells
        // waiting writers to look again.
        TreeSet<Integer> written = new TreeSet<>(affected(before, differences).tables());
        differences.tablesAfter().forEach(table -> written.add(table.oid()));
        for (int oid : written) {
            Table table = after.table(oid);
            write(transaction, keys.table(oid), table, CatalogCodec::write);
            if (table == null) {
                forgetCounter(transaction, oid);
            }
        }
        for (Difference<Integer, TableGroup> group : differences.groups()) {
            byte[] key = keys.object(CatalogKeys.GROUP, group.key());
            write(transaction, key, group.after(), CatalogCodec::write);
        }
    }

    /// Counters are written by small transactions of their own, which must not conflict with this
    /// one: range deletions are not checked.
    private void forgetCounter(Transaction transaction, int oid) {
        transaction.deleteRange(KeyRange.single(keys.counter(oid)));
    }

    private void writeOthers(Transaction transaction, CatalogDifferences differences) {
        for (Difference<Integer, View> view : differences.views()) {
            byte[] key = keys.object(CatalogKeys.VIEW, view.key());
            write(transaction, key, view.after(), CatalogCodec::write);
        }
        for (Difference<Integer, Sequence> sequence : differences.sequences()) {
            byte[] key = keys.object(CatalogKeys.SEQUENCE, sequence.key());
            write(transaction, key, sequence.after(), CatalogCodec::write);
            if (sequence.after() == null) {
                forgetCounter(transaction, sequence.key());
            }
        }
    }

    private void writeComments(Transaction transaction, CatalogDifferences differences) {
        for (Difference<CatalogSnapshot.CommentKey, String> comment : differences.comments()) {
            write(
                    transaction,
                    keys.comment(comment.key().objectOid(), comment.key().subId()),
                    comment.after(),
                    text ->
                            new ObjectWriter()
                                    .number(CatalogCodec.FORMAT)
                                    .text(text)
                                    .toByteArray());
        }
    }
}
