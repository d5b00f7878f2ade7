package org.cladedb.catalog;

import java.util.Comparator;

/// What a definition depends on: an object, or one column of it.
///
/// @param column the column's slot, 0 for the whole object
public record ObjectReference(int oid, int column) implements Comparable<ObjectReference> {
    private static final Comparator<ObjectReference> ORDER =
            Comparator.comparingInt(ObjectReference::oid).thenComparingInt(ObjectReference::column);

    @Override
    public int compareTo(ObjectReference other) {
        return ORDER.compare(this, other);
    }
}
