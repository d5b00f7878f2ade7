package org.cladedb.types;

import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Order of arrays and rows. NULLs inside them are equal to each other and above all values.
public final class CompositeComparison {
    private CompositeComparison() {}

    /// Elements first, then their number, then the shape.
    record OfArrays(DatumComparator element) implements DatumComparator {
        @Override
        public int compare(Datum left, Datum right) {
            ArrayValue a = left.arrayValue();
            ArrayValue b = right.arrayValue();
            int common = Math.min(a.elements().size(), b.elements().size());
            for (int i = 0; i < common; i++) {
                Cancellation.check(i + 1L);
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

    /// Rows whose fields are only known from the values. Fields are compared as far as it takes:
    /// what comes after the first difference may be of any type.
    static int compareAnonymousRows(Datum left, Datum right) {
        RowValue a = left.rowValue();
        RowValue b = right.rowValue();
        int common = Math.min(a.values().size(), b.values().size());
        for (int i = 0; i < common; i++) {
            SqlType type = fieldType(a, i);
            if (!type.equals(fieldType(b, i))) {
                throw dissimilar(type, fieldType(b, i), i);
            }
            int order = compareNullable(ofField(type), a.values().get(i), b.values().get(i));
            if (order != 0) {
                return order;
            }
        }
        if (a.values().size() != b.values().size()) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "cannot compare record types with different numbers of columns");
        }
        return 0;
    }

    private static SqlType fieldType(RowValue row, int index) {
        return row.type().fields().get(index).type().withoutModifier();
    }

    /// @param index of the first fields that cannot be compared
    public static DatabaseException dissimilar(SqlType left, SqlType right, int index) {
        return new DatabaseException(
                SqlState.DATATYPE_MISMATCH,
                "cannot compare dissimilar column types "
                        + TypeNames.format(left)
                        + " and "
                        + TypeNames.format(right)
                        + " at record column "
                        + (index + 1));
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
