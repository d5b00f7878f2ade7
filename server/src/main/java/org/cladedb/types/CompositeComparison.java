package org.cladedb.types;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Order of arrays and rows. NULLs inside them are equal to each other and above all values.
final class CompositeComparison {
    private CompositeComparison() {}

    /// Elements first, then their number, then the shape.
    record OfArrays(DatumComparator element) implements DatumComparator {
        @Override
        public int compare(Datum left, Datum right) {
            ArrayValue a = left.arrayValue();
            ArrayValue b = right.arrayValue();
            int common = Math.min(a.elements().size(), b.elements().size());
            for (int i = 0; i < common; i++) {
                int order = compareNullable(element, a.elements().get(i), b.elements().get(i));
                if (order != 0) {
                    return order;
                }
            }
            int count = Integer.compare(a.elements().size(), b.elements().size());
            return count != 0 ? count : compareShapes(a, b);
        }

        private static int compareShapes(ArrayValue a, ArrayValue b) {
            int order = Integer.compare(a.dimensions().size(), b.dimensions().size());
            for (int i = 0; order == 0 && i < a.dimensions().size(); i++) {
                order = Integer.compare(a.dimensions().get(i), b.dimensions().get(i));
            }
            for (int i = 0; order == 0 && i < a.dimensions().size(); i++) {
                order = Integer.compare(a.lowerBounds().get(i), b.lowerBounds().get(i));
            }
            return order;
        }
    }

    static DatumComparator ofRows(SqlType.Row type) {
        DatumComparator[] fields =
                type.fields().stream()
                        .map(field -> ofField(field.type()))
                        .toArray(DatumComparator[]::new);
        return (left, right) ->
                compareRows(fields, left.rowValue().values(), right.rowValue().values());
    }

    private static DatumComparator ofField(SqlType type) {
        return type.kind() == TypeKind.UNKNOWN
                ? (_, _) -> {
                    throw new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "could not identify an equality operator for type unknown");
                }
                : DatumComparator.of(type);
    }

    /// Rows whose fields are only known from the values.
    static int compareAnonymousRows(Datum left, Datum right) {
        List<SqlType.Field> leftFields = left.rowValue().type().fields();
        List<SqlType.Field> rightFields = right.rowValue().type().fields();
        if (leftFields.size() != rightFields.size()) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "cannot compare record types with different numbers of columns");
        }
        for (int i = 0; i < leftFields.size(); i++) {
            SqlType leftType = leftFields.get(i).type();
            SqlType rightType = rightFields.get(i).type();
            if (!leftType.withoutModifier().equals(rightType.withoutModifier())) {
                throw new DatabaseException(
                        SqlState.DATATYPE_MISMATCH,
                        "cannot compare dissimilar column types "
                                + leftType.kind().sqlName()
                                + " and "
                                + rightType.kind().sqlName()
                                + " at record column "
                                + (i + 1));
            }
        }
        return ofRows(left.rowValue().type()).compare(left, right);
    }

    private static int compareRows(DatumComparator[] fields, List<Datum> left, List<Datum> right) {
        for (int i = 0; i < fields.length; i++) {
            int order = compareNullable(fields[i], left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// oidvector and int2vector: shorter ones first.
    static int compareVectors(Datum left, Datum right) {
        List<Datum> a = left.arrayValue().elements();
        List<Datum> b = right.arrayValue().elements();
        int order = Integer.compare(a.size(), b.size());
        for (int i = 0; order == 0 && i < a.size(); i++) {
            order = Long.compare(a.get(i).longValue(), b.get(i).longValue());
        }
        return order;
    }

    private static int compareNullable(DatumComparator comparator, Datum left, Datum right) {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(left.isNull(), right.isNull());
        }
        return comparator.compare(left, right);
    }
}
