package org.cladedb.catalog;

/// How the key spaces of one store are divided among databases.
///
/// A space id is 32 bits: the number of the database above, the space within it below. So all that
/// a database has lies in one range of keys.
///
/// ```
///   space id = number of the database (12 bits) | space (20 bits)
/// ```
public final class DatabaseSpaces {
    /// How many databases a store holds at most. The number after the last is the store's own, for
    /// what belongs to no database.
    public static final int DATABASES_MAX = 4095;

    /// The number whose spaces belong to no database.
    public static final int STORE = DATABASES_MAX;

    /// The first space of tables and indexes; those below it are the system's.
    public static final int FIRST_USER_SPACE = 16;

    private static final int SPACE_BITS = 20;
    private static final int SPACE_MASK = (1 << SPACE_BITS) - 1;

    private DatabaseSpaces() {}

    /// The id of `space` in the database with this number.
    public static int id(int database, int space) {
        return database << SPACE_BITS | space;
    }

    /// The database that a space belongs to.
    public static int database(int spaceId) {
        return spaceId >>> SPACE_BITS;
    }

    /// The id after the last one of the database with this number; 0 after the very last.
    public static int end(int database) {
        return id(database + 1, 0);
    }

    /// Whether `nextSpaceId`, counted up from the first user space of a database, has left it.
    static boolean isUsedUp(int nextSpaceId) {
        return (nextSpaceId & SPACE_MASK) == 0;
    }
}
