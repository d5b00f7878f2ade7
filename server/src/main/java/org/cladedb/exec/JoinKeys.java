package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.DatumHasher;
import org.cladedb.types.SqlType;

/// The key values of one side of a join, and how they compare with those of the other side.
final class JoinKeys {
    private final Evaluator[] evaluators;
    private final DatumHasher[] hashers;
    private final DatumComparator[] comparators;
    private final Datum[] values;
    private int hash;

    JoinKeys(Evaluator[] evaluators, List<SqlType> types) {
        this.evaluators = evaluators;
        hashers = types.stream().map(DatumHasher::of).toArray(DatumHasher[]::new);
        comparators = types.stream().map(DatumComparator::of).toArray(DatumComparator[]::new);
        values = new Datum[evaluators.length];
    }

    /// Computes the values and their hash; false when one is NULL, so that nothing can match.
    boolean evaluate(ExecutionContext context) {
        int combined = 1;
        for (int i = 0; i < evaluators.length; i++) {
            Datum value = evaluators[i].evaluate(context);
            if (value.isNull()) {
                return false;
            }
            values[i] = value;
            combined = DatumHasher.combine(combined, hashers[i].hash(value));
        }
        hash = combined;
        return true;
    }

    int hash() {
        return hash;
    }

    /// The values computed last; cells of evaluators.
    Datum[] values() {
        return values;
    }

    /// Whether the values computed last are those of `others`.
    boolean isEqual(Datum[] others) {
        for (int i = 0; i < comparators.length; i++) {
            if (comparators[i].compare(values[i], others[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
