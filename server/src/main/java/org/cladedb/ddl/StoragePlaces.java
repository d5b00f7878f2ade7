package org.cladedb.ddl;

import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// The tablespaces and access methods that statements name. There is one tablespace for relations
/// and one access method for tables; indexes are ordered ones, whatever they are called.
final class StoragePlaces {
    private static final Set<String> OTHER_INDEX_METHODS = Set.of("gist", "gin", "spgist", "brin");

    private StoragePlaces() {}

    /// @param name null where none was named
    static void requireTablespace(@Nullable String name) {
        if (name == null || name.equals("pg_default")) {
            return;
        }
        if (name.equals("pg_global")) {
            throw StorageParameters.invalid(
                    "only shared relations can be placed in pg_global tablespace");
        }
        throw new DatabaseException(
                SqlState.UNDEFINED_OBJECT, "tablespace \"" + name + "\" does not exist");
    }

    /// @param name null where none was named
    static void requireTableMethod(@Nullable String name) {
        if (name == null || name.equals("heap")) {
            return;
        }
        if (isIndexMethod(name) || OTHER_INDEX_METHODS.contains(name)) {
            throw wrongKind(name, "TABLE");
        }
        throw unknown(name);
    }

    /// The access method of an index.
    ///
    /// @param name null where none was named
    static String indexMethod(@Nullable String name, int position) {
        if (name == null || isIndexMethod(name)) {
            return name == null ? "btree" : name;
        }
        if (name.equals("heap")) {
            throw wrongKind(name, "INDEX");
        }
        if (OTHER_INDEX_METHODS.contains(name)) {
            throw ConstraintAdder.unsupported("access method \"" + name + "\"", position);
        }
        throw unknown(name);
    }

    private static boolean isIndexMethod(String name) {
        return name.equals("btree") || name.equals("hash");
    }

    private static DatabaseException wrongKind(String name, String wanted) {
        return new DatabaseException(
                SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "access method \"%s\" is not of type %s".formatted(name, wanted));
    }

    private static DatabaseException unknown(String name) {
        return new DatabaseException(
                SqlState.UNDEFINED_OBJECT, "access method \"" + name + "\" does not exist");
    }
}
