package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The errors that many families of functions report, in PostgreSQL's words.
final class Failures {
    private Failures() {}

    /// `what` is the type's SQL name.
    static DatabaseException outOfRange(String what) {
        return new DatabaseException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, what + " out of range");
    }

    static DatabaseException inputOutOfRange() {
        return new DatabaseException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
    }

    static DatabaseException divisionByZero() {
        return new DatabaseException(SqlState.DIVISION_BY_ZERO, "division by zero");
    }

    static DatabaseException overflow() {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    static DatabaseException underflow() {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }

    /// `value` is NaN or infinity.
    static DatabaseException cannotConvert(String value, String what) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "cannot convert " + value + " to " + what);
    }

    static DatabaseException numericOverflow() {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    static DatabaseException invalidParameter(String message) {
        return new DatabaseException(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    static DatabaseException unsupported(String message) {
        return new DatabaseException(SqlState.FEATURE_NOT_SUPPORTED, message);
    }

    static DatabaseException tooLarge(String message) {
        return new DatabaseException(SqlState.PROGRAM_LIMIT_EXCEEDED, message);
    }

    static DatabaseException timeOutOfRange(String what) {
        return new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, what + " out of range");
    }
}
