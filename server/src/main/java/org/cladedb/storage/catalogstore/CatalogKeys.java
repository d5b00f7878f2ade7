package org.cladedb.storage.catalogstore;

import org.cladedb.common.ByteWriter;
import org.cladedb.kv.KeyRange;

/// The keys of the catalog's space, and of the spaces of counters and locks beside it.
///
/// Spaces below 16 are the system's.
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

    private CatalogKeys() {}

    /// The key that changes with every change of the catalog.
    public static byte[] version() {
        return key(CATALOG_SPACE).toByteArrayWith(VERSION);
    }

    /// The key of a table's definition, which is also the table's lock.
    public static byte[] table(int oid) {
        return object(TABLE, oid);
    }

    /// The key that holds what is reserved of a sequence, or of the row numbers of a table.
    public static byte[] counter(int oid) {
        return key(COUNTER_SPACE).toByteArrayWith(0, oid);
    }

    /// The lock that keeps the row at `rowKey` from losing its key: taken shared by rows that refer
    /// to it, exclusively by who deletes it or changes its key. Never written.
    public static byte[] guard(byte[] rowKey) {
        ByteWriter out = new ByteWriter(Integer.BYTES + rowKey.length);
        out.writeInt(GUARD_SPACE);
        out.writeBytes(rowKey);
        return out.toByteArray();
    }

    /// The key that every serializable transaction which writes the table writes too.
    public static byte[] serializable(int tableOid) {
        return key(SERIALIZABLE_SPACE).toByteArrayWith(0, tableOid);
    }

    static KeyRange all() {
        return KeyRange.prefix(key(CATALOG_SPACE).out.toByteArray());
    }

    static byte[] object(int kind, int oid) {
        return key(CATALOG_SPACE).toByteArrayWith(kind, oid);
    }

    static byte[] schema(String name) {
        Start start = key(CATALOG_SPACE);
        start.out.writeByte(SCHEMA);
        start.out.writeUtf8(name);
        return start.out.toByteArray();
    }

    static byte[] comment(int objectOid, int subId) {
        return key(CATALOG_SPACE).toByteArrayWith(COMMENT, objectOid, subId);
    }

    /// The kind of object that a key of the catalog's space is of.
    static int kind(byte[] key) {
        return key[Integer.BYTES];
    }

    private static Start key(int space) {
        ByteWriter out = new ByteWriter();
        out.writeInt(space);
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
