package org.cladedb.types;

/// Bits for what a [DateTimeParser] has seen.
final class DateTimePart {
    static final int YEAR = 1;
    static final int MONTH = 1 << 1;
    static final int DAY = 1 << 2;
    static final int HOUR = 1 << 3;
    static final int MINUTE = 1 << 4;
    static final int SECOND = 1 << 5;
    static final int ZONE = 1 << 6;
    static final int DAYLIGHT = 1 << 7;
    static final int DAYLIGHT_MODIFIER = 1 << 8;
    static final int DAY_OF_WEEK = 1 << 9;
    static final int DAY_OF_YEAR = 1 << 10;
    static final int HALF = 1 << 11;
    static final int ERA = 1 << 12;
    static final int DATE = YEAR | MONTH | DAY;
    static final int TIME = HOUR | MINUTE | SECOND;

    private DateTimePart() {}
}
