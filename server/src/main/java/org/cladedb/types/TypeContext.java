package org.cladedb.types;

/// The session settings that conversions depend on.
///
/// @param timeZone the session's time zone
/// @param dateStyle output style and order of dates
/// @param intervalStyle output style of intervals
/// @param byteaHex bytea prints as hex rather than escape
/// @param extraFloatDigits 1 and above print the shortest exact form
/// @param transactionMicros microseconds since 2000-01-01 UTC at transaction start, for 'now',
///   'today'
/// @param names turns OIDs into names and back, for regclass and its like
public record TypeContext(
        TimeZone timeZone,
        DateStyle dateStyle,
        IntervalStyle intervalStyle,
        boolean byteaHex,
        int extraFloatDigits,
        long transactionMicros,
        ObjectNames names) {

    /// How dates print, and how ambiguous ones are read.
    public enum DateStyle {
        ISO_MDY,
        ISO_DMY,
        ISO_YMD
    }

    /// How intervals print.
    public enum IntervalStyle {
        POSTGRES,
        POSTGRES_VERBOSE,
        SQL_STANDARD,
        ISO_8601
    }

    /// UTC, ISO dates, no catalog: for constants and tests.
    public static final TypeContext DEFAULT =
            new TypeContext(
                    TimeZone.UTC,
                    DateStyle.ISO_MDY,
                    IntervalStyle.POSTGRES,
                    true,
                    1,
                    0,
                    ObjectNames.NONE);
}
