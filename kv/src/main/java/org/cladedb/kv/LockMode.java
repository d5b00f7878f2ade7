package org.cladedb.kv;

/// How a key is locked until the transaction ends: for one key either as a single thing, shared or
/// exclusive, or as a table of many, in one of PostgreSQL's eight modes. The two families are never
/// mixed on one key.
public enum LockMode {
    /// Many holders at once; excludes [#EXCLUSIVE].
    SHARED(0, 1),
    /// One holder.
    EXCLUSIVE(1, 0, 1),
    /// Reads rows.
    TABLE_ACCESS_SHARE(2, 9),
    /// Locks rows.
    TABLE_ROW_SHARE(3, 8, 9),
    /// Writes rows.
    TABLE_ROW_EXCLUSIVE(4, 6, 7, 8, 9),
    /// Changes what neither readers nor writers see; one at a time.
    TABLE_SHARE_UPDATE_EXCLUSIVE(5, 5, 6, 7, 8, 9),
    /// Keeps writers out.
    TABLE_SHARE(6, 4, 5, 7, 8, 9),
    /// Keeps writers out; one at a time.
    TABLE_SHARE_ROW_EXCLUSIVE(7, 4, 5, 6, 7, 8, 9),
    /// Keeps out all but readers.
    TABLE_EXCLUSIVE(8, 3, 4, 5, 6, 7, 8, 9),
    /// Keeps out all.
    TABLE_ACCESS_EXCLUSIVE(9, 2, 3, 4, 5, 6, 7, 8, 9);

    private static final int WEAK =
            TABLE_ACCESS_SHARE.bit | TABLE_ROW_SHARE.bit | TABLE_ROW_EXCLUSIVE.bit;

    private final int bit;
    private final int excluded;

    /// @param number its place in sets of modes
    /// @param excludedNumbers of those that others cannot hold meanwhile
    LockMode(int number, int... excludedNumbers) {
        bit = 1 << number;
        int bits = 0;
        for (int each : excludedNumbers) {
            bits |= 1 << each;
        }
        excluded = bits;
    }

    /// Whether two owners cannot hold these modes of a key at once.
    public boolean excludes(LockMode other) {
        return excludesAny(other.bit);
    }

    /// Whether it excludes one of a set of [#bit()]s.
    boolean excludesAny(int modes) {
        return (excluded & modes) != 0;
    }

    int bit() {
        return bit;
    }

    /// Whether it is among those that all statements take and that do not exclude each other.
    boolean isWeak() {
        return (bit & WEAK) != 0;
    }

    /// Whether it excludes a weak mode.
    boolean isStrong() {
        return excludesAny(WEAK);
    }
}
