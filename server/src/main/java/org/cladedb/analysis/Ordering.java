package org.cladedb.analysis;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;

/// Which types can be sorted and compared for equality.
final class Ordering {
    private Ordering() {}

    static void requireOrder(SqlType type, int position) {
        if (!isComparable(type, true)) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "could not identify an ordering operator for type " + TypeText.of(type))
                    .withHint("Use an explicit ordering operator or modify the query.")
                    .at(position);
        }
    }

    static boolean hasEquality(SqlType type) {
        return isComparable(type, false);
    }

    static void requireEquality(SqlType type, int position) {
        if (!hasEquality(type)) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "could not identify an equality operator for type " + TypeText.of(type))
                    .at(position);
        }
    }

    private static boolean isComparable(SqlType type, boolean ordered) {
        return switch (type) {
            case SqlType.Array array ->
                    !(array.element() instanceof SqlType.Row)
                            && isComparable(array.element(), ordered);
            case SqlType.Row row ->
                    row.fields().stream().allMatch(field -> isComparable(field.type(), ordered));
            case SqlType.Scalar scalar ->
                    switch (scalar.kind()) {
                        case JSON, XML, PG_NODE_TREE, VOID, CSTRING -> false;
                        case XID, CID, ACLITEM -> !ordered;
                        default -> true;
                    };
        };
    }
}
