package org.cladedb.types;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Reads dates and times.
final class DateTimeInput {
    private static final long TIMESTAMP_MIN = -211_813_488_000_000_000L;
    private static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;

    private DateTimeInput() {}

    static long date(byte[] source, int offset, int length, TypeContext context) {
        throw unsupported();
    }

    static long time(byte[] source, int offset, int length, TypeContext context) {
        throw unsupported();
    }

    static long timestamp(
            byte[] source, int offset, int length, boolean zoned, TypeContext context) {
        throw unsupported();
    }

    private static DatabaseException unsupported() {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "reading dates and times is not supported yet");
    }

    /// Throws 22008 unless the microseconds are a timestamp or infinite.
    static long requireTimestampRange(long micros) {
        boolean infinite =
                micros == DateTimeText.INFINITY || micros == DateTimeText.NEGATIVE_INFINITY;
        if (!infinite && (micros < TIMESTAMP_MIN || micros >= TIMESTAMP_END)) {
            throw new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        return micros;
    }
}
