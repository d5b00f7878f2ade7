package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.types.SqlType;

/// How one key of a sort orders rows.
record SortColumn(SqlType type, boolean descending, boolean nullsFirst) {
    static List<SortColumn> of(List<SortKey> keys) {
        return keys.stream()
                .map(key ->
                        new SortColumn(key.expression().type(), key.descending(), key.nullsFirst()))
                .toList();
    }
}
