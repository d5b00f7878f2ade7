package org.cladedb.storage.catalogstore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.DatabaseList;
import org.cladedb.catalog.DatabaseSpaces;
import org.cladedb.common.ByteWriter;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Transaction;

/// Loads the list of databases and writes the differences between two. Stateless.
///
/// It lies in a space of the store's own, so that no database takes it along when dropped. The key
/// of a name is the lock of the database with that name, whether there is one or not.
public final class DatabaseStore {
    private static final int LIST_SPACE = DatabaseSpaces.id(DatabaseSpaces.STORE, 1);
    private static final int VERSION = 0;
    private static final int DATABASE = 1;

    private DatabaseStore() {}

    /// The key that changes with every change of the list; its lock is for who changes it.
    public static byte[] version() {
        return key(VERSION, "");
    }

    /// The key of a database, by name: its lock is shared by who enters the database, and held
    /// alone by who drops or renames it.
    public static byte[] database(String name) {
        return key(DATABASE, name);
    }

    private static byte[] key(int kind, String name) {
        ByteWriter out = new ByteWriter();
        out.writeInt(LIST_SPACE);
        out.writeByte(kind);
        out.writeUtf8(name);
        return out.toByteArray();
    }

    public static DatabaseList load(ReadView view) {
        ByteWriter prefix = new ByteWriter();
        prefix.writeInt(LIST_SPACE);
        List<DatabaseDefinition> databases = new ArrayList<>();
        DatabaseList counters = DatabaseList.initial();
        boolean found = false;
        try (RangeCursor cursor =
                view.scan(KeyRange.prefix(prefix.toByteArray()), ScanOptions.FORWARD)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    found = true;
                    byte[] key = batch.copyKey(i);
                    ObjectReader in = CatalogCodec.open(batch.copyValue(i));
                    switch (CatalogKeys.kind(key)) {
                        case VERSION ->
                                counters =
                                        new DatabaseList(in.longNumber(), in.number(), List.of());
                        case DATABASE -> databases.add(read(key, in));
                        default -> throw ObjectReader.damaged();
                    }
                    in.end();
                }
            }
        }
        return found
                ? new DatabaseList(counters.version(), counters.nextOid(), databases)
                : counters;
    }

    private static DatabaseDefinition read(byte[] key, ObjectReader in) {
        int nameStart = Integer.BYTES + 1;
        String name = new String(key, nameStart, key.length - nameStart, StandardCharsets.UTF_8);
        return new DatabaseDefinition(
                in.number(), name, in.number(), in.flag(), in.flag(), in.number());
    }

    /// Writes what differs, the version always.
    public static void write(Transaction transaction, DatabaseList before, DatabaseList after) {
        boolean first = before.version() == 0;
        transaction.put(
                version(),
                new ObjectWriter()
                        .number(CatalogCodec.FORMAT)
                        .longNumber(after.version())
                        .number(after.nextOid())
                        .toByteArray());
        for (DatabaseDefinition database : before.databases()) {
            if (after.find(database.name()) == null) {
                transaction.delete(database(database.name()));
            }
        }
        for (DatabaseDefinition database : after.databases()) {
            if (first || !database.equals(before.find(database.name()))) {
                transaction.put(
                        database(database.name()),
                        new ObjectWriter()
                                .number(CatalogCodec.FORMAT)
                                .number(database.oid())
                                .number(database.number())
                                .flag(database.template())
                                .flag(database.allowsConnections())
                                .number(database.connectionsMax())
                                .toByteArray());
            }
        }
    }
}
