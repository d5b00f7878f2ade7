package org.cladedb.kv.embedded;

/// What the formats of all files have in common.
final class StoreFormat {
    private StoreFormat() {}

    /// What to say of a file whose format is not the one that this program knows.
    static String otherVersion(int found, int known) {
        return "format version %d, of %s program than this, which reads version %d"
                .formatted(found, found < known ? "an older" : "a newer", known);
    }
}
