package org.cladedb.storage.group;

import org.cladedb.types.Datum;

/// Computes a row in a table's new definition from the row in the old one, for ALTER TABLE.
@FunctionalInterface
public interface RowTransform {
    /// `oldRow` has a cell per old slot, valid during the call; the result one per new slot.
    Datum[] apply(Datum[] oldRow);
}
