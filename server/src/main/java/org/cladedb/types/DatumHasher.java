package org.cladedb.types;

import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Hash codes of a type's values: values that [DatumComparator] finds equal have equal hashes.
/// Stateless. Values of different integer (or date) types that are equal as numbers hash alike, and
/// so do real and double precision.
@FunctionalInterface
public interface DatumHasher {
    /// The hash of a value, which is not NULL.
    int hash(Datum value);

    /// The hasher of values of `type`; 42883 when the type has no equality.
    static DatumHasher of(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> {
                DatumHasher element = of(array.element());
                yield value -> {
                    int hash = 1;
                    for (Datum item : value.arrayValue().elements()) {
                        Cancellation.check();
                        hash = combine(hash, item.isNull() ? 0 : element.hash(item));
                    }
                    return hash;
                };
            }
            case SqlType.Row row -> {
                DatumHasher[] fields =
                        row.fields().stream()
                                .map(field -> of(field.type()))
                                .toArray(DatumHasher[]::new);
                yield value -> {
                    int hash = 1;
                    for (int i = 0; i < fields.length; i++) {
                        Datum item = value.rowValue().values().get(i);
                        hash = combine(hash, item.isNull() ? 0 : fields[i].hash(item));
                    }
                    return hash;
                };
            }
            case SqlType.Scalar scalar -> ofKind(scalar.kind());
        };
    }

    private static DatumHasher ofKind(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, MONEY, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    value -> mix(value.longValue());
            case OID, XID, CID, REGPROC, REGCLASS, REGTYPE -> value -> mix(value.longValue());
            case REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER -> value -> mix(value.longValue());
            case REAL, DOUBLE -> value -> hashDouble(value.doubleValue());
            case NUMERIC -> NumericComparison::hash;
            case TEXT, VARCHAR, NAME, CHAR, BYTEA, UUID, UNKNOWN, CSTRING, TID, ACLITEM ->
                    value ->
                            ByteHash.of(
                                    value.bytes(), value.offset(), value.offset() + value.length());
            case BPCHAR ->
                    value ->
                            ByteHash.of(
                                    value.bytes(),
                                    value.offset(),
                                    DatumComparator.endWithoutBlanks(value));
            case INTERVAL ->
                    value ->
                            combine(
                                    mix(Intervals.comparableDays(value)),
                                    mix(Intervals.microsOfDay(value)));
            case OIDVECTOR -> of(SqlType.arrayOf(SqlType.OID));
            case INT2VECTOR -> of(SqlType.arrayOf(SqlType.SMALLINT));
            case RECORD -> DatumHasher::hashAnonymousRow;
            case JSONB -> JsonbComparison::hash;
            case JSON, XML, PG_NODE_TREE -> throw noEquality(kind);
            case ANY, ANYARRAY, VOID, ANYELEMENT, ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY ->
                    throw noEquality(kind);
            case ARRAY -> throw new IllegalStateException("an array type has an element");
        };
    }

    /// Only the first field counts: rows that differ in it never have to be compared further, all
    /// others do, as what they are made of may turn out not to be comparable.
    private static int hashAnonymousRow(Datum value) {
        RowValue row = value.rowValue();
        if (row.values().isEmpty() || row.values().getFirst().isNull()) {
            return 0;
        }
        return of(row.type().fields().getFirst().type()).hash(row.values().getFirst());
    }

    private static DatabaseException noEquality(TypeKind kind) {
        return new DatabaseException(
                SqlState.UNDEFINED_FUNCTION,
                "could not identify an equality operator for type " + kind.sqlName());
    }

    /// Spreads the bits of a number over 32, so that also numbers that differ in a few bits only
    /// (neighbours, whole doubles, dates as microseconds) fill a table evenly.
    static int mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }

    /// The hash of a sequence whose hash was `hash` before it got one more part.
    static int combine(int hash, int part) {
        return mix(((long) hash << 32) | (part & 0xFFFFFFFFL));
    }

    private static int hashDouble(double value) {
        // Adding zero makes -0.0 to 0.0; doubleToLongBits makes all NaN one.
        return mix(Double.doubleToLongBits(value + 0.0));
    }
}
