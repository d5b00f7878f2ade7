package org.cladedb.types;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The order of a type's values, as PostgreSQL's default btree operator class has it. Stateless.
///
/// Text compares by bytes (collation "C"), trailing blanks of char(n) do not count, NaN is equal to
/// itself and above everything, intervals compare with months of 30 days.
@FunctionalInterface
public interface DatumComparator {
    /// Negative, zero or positive; neither value is NULL.
    int compare(Datum left, Datum right);

    /// The comparator of values of two types that an operator takes. Rows of different types are
    /// found to be so when they are compared.
    static DatumComparator of(SqlType left, SqlType right) {
        boolean same = left.withoutModifier().equals(right.withoutModifier());
        return of(left instanceof SqlType.Row && !same ? SqlType.of(TypeKind.RECORD) : left);
    }

    /// The comparator of values of `type`; 42883 when the type has no order.
    static DatumComparator of(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> new CompositeComparison.OfArrays(of(array.element()));
            case SqlType.Row row -> CompositeComparison.ofRows(row);
            case SqlType.Scalar scalar -> ofKind(scalar.kind());
        };
    }

    /// Whether [#of(SqlType)] gives a comparator.
    static boolean isComparable(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> isComparable(array.element());
            case SqlType.Row row ->
                    row.fields().stream().allMatch(field -> isComparable(field.type()));
            case SqlType.Scalar scalar ->
                    switch (scalar.kind()) {
                        case JSON, XML, PG_NODE_TREE, ACLITEM -> false;
                        default -> scalar.form() != ValueForm.NONE;
                    };
        };
    }

    private static DatumComparator ofKind(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, MONEY, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    (left, right) -> Long.compare(left.longValue(), right.longValue());
            case OID, XID, CID, REGPROC, REGCLASS, REGTYPE ->
                    (left, right) -> Long.compare(left.longValue(), right.longValue());
            case REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER ->
                    (left, right) -> Long.compare(left.longValue(), right.longValue());
            case REAL, DOUBLE ->
                    (left, right) -> compareDoubles(left.doubleValue(), right.doubleValue());
            case NUMERIC -> NumericComparison::compare;
            case TEXT, VARCHAR, NAME, CHAR, BYTEA, UUID, UNKNOWN, CSTRING, TID ->
                    DatumComparator::compareBytes;
            case BPCHAR -> DatumComparator::compareBlankPadded;
            case INTERVAL -> DatumComparator::compareIntervals;
            case OIDVECTOR, INT2VECTOR -> CompositeComparison::compareVectors;
            case RECORD -> CompositeComparison::compareAnonymousRows;
            case JSONB -> JsonbComparison::compare;
            case JSON, XML, PG_NODE_TREE, ACLITEM -> throw notOrdered(kind);
            case ANY, ANYARRAY, VOID, ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY ->
                    throw notOrdered(kind);
            case ARRAY -> throw new IllegalStateException("an array type has an element");
        };
    }

    private static DatabaseException notOrdered(TypeKind kind) {
        return new DatabaseException(
                        SqlState.UNDEFINED_FUNCTION,
                        "could not identify an ordering operator for type " + kind.sqlName())
                .withHint("Use an explicit ordering operator or modify the query.");
    }

    /// PostgreSQL's order of floats: the zeros are equal, NaN is largest.
    static int compareDoubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    private static int compareBytes(Datum left, Datum right) {
        return ByteOrder.compare(left, right);
    }

    private static int compareBlankPadded(Datum left, Datum right) {
        return ByteOrder.compare(
                left.bytes(),
                left.offset(),
                endWithoutBlanks(left),
                right.bytes(),
                right.offset(),
                endWithoutBlanks(right));
    }

    /// The end of a char(n) value in its bytes, trailing blanks left out.
    static int endWithoutBlanks(Datum value) {
        int end = value.offset() + value.length();
        while (end > value.offset() && value.bytes()[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static int compareIntervals(Datum left, Datum right) {
        int days = Long.compare(Intervals.comparableDays(left), Intervals.comparableDays(right));
        return days != 0
                ? days
                : Long.compare(Intervals.microsOfDay(left), Intervals.microsOfDay(right));
    }
}
