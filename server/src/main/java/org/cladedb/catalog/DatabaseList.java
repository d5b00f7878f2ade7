package org.cladedb.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The databases of a store at one moment. Immutable.
///
/// @param version grows with every change
/// @param nextOid the OID of the next database made
/// @param databases in the order of their OIDs
public record DatabaseList(long version, int nextOid, List<DatabaseDefinition> databases) {
    /// The database that is there from the start, with the space ids that a store has without any
    /// other.
    public static final String FIRST = "postgres";

    public DatabaseList {
        databases =
                databases.stream()
                        .sorted(
                                Comparator.comparing(
                                        DatabaseDefinition::oid, Integer::compareUnsigned))
                        .toList();
    }

    /// What an empty store has, with the OIDs that PostgreSQL gives them.
    public static DatabaseList initial() {
        return new DatabaseList(
                0,
                CatalogSnapshot.FIRST_USER_OID,
                List.of(
                        new DatabaseDefinition(1, "template1", 1, true, true, -1),
                        new DatabaseDefinition(4, "template0", 2, true, false, -1),
                        new DatabaseDefinition(5, FIRST, 0, false, true, -1)));
    }

    public @Nullable DatabaseDefinition find(String name) {
        for (DatabaseDefinition database : databases) {
            if (database.name().equals(name)) {
                return database;
            }
        }
        return null;
    }

    /// Whether a database has this number.
    public boolean isUsed(int number) {
        return databases.stream().anyMatch(database -> database.number() == number);
    }

    /// With one more, which took [#nextOid()].
    public DatabaseList adding(DatabaseDefinition database) {
        List<DatabaseDefinition> more = new ArrayList<>(databases);
        more.add(database);
        return new DatabaseList(version + 1, nextOid + 1, more);
    }

    /// With another definition of the database with that OID.
    public DatabaseList replacing(DatabaseDefinition changed) {
        List<DatabaseDefinition> others = without(changed.oid());
        others.add(changed);
        return new DatabaseList(version + 1, nextOid, others);
    }

    public DatabaseList removing(DatabaseDefinition database) {
        return new DatabaseList(version + 1, nextOid, without(database.oid()));
    }

    private List<DatabaseDefinition> without(int oid) {
        List<DatabaseDefinition> others = new ArrayList<>(databases);
        others.removeIf(other -> other.oid() == oid);
        return others;
    }
}
