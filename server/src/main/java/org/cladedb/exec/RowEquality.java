package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.DatumHasher;
import org.cladedb.types.SqlType;

/// Equality of rows as IS NOT DISTINCT FROM has it (NULLs are equal), and matching hashes.
final class RowEquality {
    private final DatumHasher[] hashers;
    private final DatumComparator[] comparators;

    /// Throws 42883 when one of the types has no equality.
    RowEquality(List<SqlType> types) {
        hashers = types.stream().map(DatumHasher::of).toArray(DatumHasher[]::new);
        comparators = types.stream().map(DatumComparator::of).toArray(DatumComparator[]::new);
    }

    int hash(Datum[] row) {
        int hash = 1;
        for (int i = 0; i < hashers.length; i++) {
            hash = DatumHasher.combine(hash, row[i].isNull() ? 0 : hashers[i].hash(row[i]));
        }
        return hash;
    }

    boolean isEqual(Datum[] left, Datum[] right) {
        for (int i = 0; i < comparators.length; i++) {
            if (left[i].isNull() || right[i].isNull()) {
                if (left[i].isNull() != right[i].isNull()) {
                    return false;
                }
            } else if (comparators[i].compare(left[i], right[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
