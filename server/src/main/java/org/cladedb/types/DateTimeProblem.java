package org.cladedb.types;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What is wrong with a date, time or interval; becomes a [DatabaseException] where the whole text
/// and the type are known.
final class DateTimeProblem extends RuntimeException {
    enum Kind {
        FORMAT,
        FIELD_RANGE,
        /// A month or day out of range, perhaps because they are in another order.
        MONTH_DAY_RANGE,
        ZONE_RANGE
    }

    private final Kind kind;

    DateTimeProblem(Kind kind) {
        super(null, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    DatabaseException report(String typeName, String text) {
        String quoted = ": \"" + text + "\"";
        return switch (kind) {
            case FORMAT ->
                    new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid input syntax for type " + typeName + quoted);
            case FIELD_RANGE ->
                    new DatabaseException(
                            SqlState.DATETIME_FIELD_OVERFLOW,
                            "date/time field value out of range" + quoted);
            case MONTH_DAY_RANGE ->
                    new DatabaseException(
                                    SqlState.DATETIME_FIELD_OVERFLOW,
                                    "date/time field value out of range" + quoted)
                            .withHint("Perhaps you need a different \"DateStyle\" setting.");
            case ZONE_RANGE ->
                    new DatabaseException(
                            SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                            "time zone displacement out of range" + quoted);
        };
    }
}
