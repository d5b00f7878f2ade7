package org.cladedb.kv;

/// How a key is locked until the transaction ends: for one key either as a single thing, shared or
/// exclusive, or as a table of many, in one of PostgreSQL's eight modes. The two families are never
/// mixed on one key.
public enum LockMode {
    /// Many holders at once; excludes [#EXCLUSIVE].
    SHARED,
    /// One holder.
    EXCLUSIVE,
    /// Reads rows.
    TABLE_ACCESS_SHARE,
    /// Locks rows.
    TABLE_ROW_SHARE,
    /// Writes rows.
    TABLE_ROW_EXCLUSIVE,
    /// Changes what neither readers nor writers see; one at a time.
    TABLE_SHARE_UPDATE_EXCLUSIVE,
    /// Keeps writers out.
    TABLE_SHARE,
    /// Keeps writers out; one at a time.
    TABLE_SHARE_ROW_EXCLUSIVE,
    /// Keeps out all but readers.
    TABLE_EXCLUSIVE,
    /// Keeps out all.
    TABLE_ACCESS_EXCLUSIVE;

    private static final LockMode[] ALL = values();

    /// By ordinal: a one for each mode that it excludes.
    private static final int[] EXCLUDED = new int[ALL.length];

    static {
        exclude(SHARED, EXCLUSIVE);
        exclude(EXCLUSIVE, EXCLUSIVE);
        for (int i = TABLE_ACCESS_SHARE.ordinal(); i < ALL.length; i++) {
            exclude(TABLE_ACCESS_EXCLUSIVE, ALL[i]);
        }
        for (int i = TABLE_ROW_SHARE.ordinal(); i < ALL.length; i++) {
            exclude(TABLE_EXCLUSIVE, ALL[i]);
        }
        for (int i = TABLE_ROW_EXCLUSIVE.ordinal(); i < ALL.length; i++) {
            exclude(TABLE_SHARE_ROW_EXCLUSIVE, ALL[i]);
        }
        exclude(TABLE_SHARE, TABLE_ROW_EXCLUSIVE);
        exclude(TABLE_SHARE, TABLE_SHARE_UPDATE_EXCLUSIVE);
        exclude(TABLE_SHARE_UPDATE_EXCLUSIVE, TABLE_SHARE_UPDATE_EXCLUSIVE);
    }

    private static void exclude(LockMode one, LockMode other) {
        EXCLUDED[one.ordinal()] |= other.bit();
        EXCLUDED[other.ordinal()] |= one.bit();
    }

    /// Whether two owners cannot hold these modes of a key at once.
    public boolean excludes(LockMode other) {
        return excludesAny(other.bit());
    }

    /// Whether it excludes one of a set of [#bit()]s.
    boolean excludesAny(int modes) {
        return (EXCLUDED[ordinal()] & modes) != 0;
    }

    int bit() {
        return 1 << ordinal();
    }

    /// Whether it is among those that all statements take and that do not exclude each other.
    boolean isWeak() {
        return this == TABLE_ACCESS_SHARE || this == TABLE_ROW_SHARE || this == TABLE_ROW_EXCLUSIVE;
    }

    /// Whether it excludes a weak mode.
    boolean isStrong() {
        return ordinal() >= TABLE_SHARE.ordinal();
    }
}
