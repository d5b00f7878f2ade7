package org.cladedb.storage.catalogstore;

import org.cladedb.catalog.DatabaseSpaces;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.kv.KeyRange;

/// The keys of a database's catalog space, and of the spaces of counters and locks beside it.
///
/// Spaces below 16 of each database are the system's.
public final class CatalogKeys {
    static final int VERSION = 0;
    static final int SCHEMA = 1;
    static final int TABLE = 2;
    static final int VIEW = 3;
    static final int SEQUENCE = 4;
    static final int GROUP = 5;
    static final int COMMENT = 6;

    private static final int CATALOG_SPACE = 1;
    private static final int COUNTER_SPACE = 2;
    private static final int GUARD_SPACE = 3;
    private static final int SERIALIZABLE_SPACE = 4;

    private final int database;

    /// @param database its number
    public CatalogKeys(int database) {
        this.database = database;
    }

    /// All that the database has, whatever it is.
    public static KeyRange everything(int database) {
        byte[] start = new byte[Integer.BYTES];
        BigEndian.putInt(start, 0, DatabaseSpaces.id(database, 0));
        byte[] end = new byte[Integer.BYTES];
        BigEndian.putInt(end, 0, DatabaseSpaces.end(database));
        return new KeyRange(start, end);
    }

    /// The key that changes with every change of the catalog.
    public byte[] version() {
        return key(CATALOG_SPACE).toByteArrayWith(VERSION);
    }

    /// The key of a table's definition, which is also the table's lock.
    public byte[] table(int oid) {
        return object(TABLE, oid);
    }

    /// The number of the database that a key is in.
    public static int database(byte[] key) {
        return DatabaseSpaces.database(BigEndian.getInt(key, 0));
    }

    /// The OID of the object whose key it is.
    public static int objectOid(byte[] key) {
        return BigEndian.getInt(key, Integer.BYTES + 1);
    }

    /// The key that holds what is reserved of a sequence, or of the row numbers of a table.
    public byte[] counter(int oid) {
        return key(COUNTER_SPACE).toByteArrayWith(0, oid);
    }

    /// The lock that keeps the row at `rowKey` from losing its key: taken shared by rows that refer
    /// to it, exclusively by who deletes it or changes its key. Never written.
    public static byte[] guard(byte[] rowKey) {
        ByteWriter out = new ByteWriter(Integer.BYTES + rowKey.length);
        int row = BigEndian.getInt(rowKey, 0);
        out.writeInt(DatabaseSpaces.id(DatabaseSpaces.database(row), GUARD_SPACE));
        out.writeBytes(rowKey);
        return out.toByteArray();
    }

    /// The key that every serializable transaction which writes the table writes too.
    public byte[] serializable(int tableOid) {
        return key(SERIALIZABLE_SPACE).toByteArrayWith(0, tableOid);
    }

    KeyRange all() {
        return KeyRange.prefix(key(CATALOG_SPACE).out.toByteArray());
    }

    byte[] object(int kind, int oid) {
        return key(CATALOG_SPACE).toByteArrayWith(kind, oid);
    }

    byte[] schema(String name) {
        Start start = key(CATALOG_SPACE);
        start.out.writeByte(SCHEMA);
        start.out.writeUtf8(name);
        return start.out.toByteArray();
    }

    byte[] comment(int objectOid, int subId) {
        return key(CATALOG_SPACE).toByteArrayWith(COMMENT, objectOid, subId);
    }

    /// The kind of object that a key of the catalog's space is of.
    static int kind(byte[] key) {
        return key[Integer.BYTES];
    }

    private Start key(int space) {
        ByteWriter out = new ByteWriter();
        out.writeInt(DatabaseSpaces.id(database, space));
        return new Start(out);
    }

    private record Start(ByteWriter out) {
        byte[] toByteArrayWith(int kind, int... numbers) {
            out.writeByte(kind);
            for (int number : numbers) {
                out.writeInt(number);
            }
            return out.toByteArray();
        }
    }
}
