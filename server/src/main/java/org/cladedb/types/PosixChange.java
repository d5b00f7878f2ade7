package org.cladedb.types;

/// When the time of a POSIX zone changes in each year, and at what second of local time on that day
/// (which may lie days before or after it).
record PosixChange(Day day, int secondOfDay) {
    static final int SECONDS_PER_DAY = 86_400;
    private static final int DAYS_PER_WEEK = 7;
    private static final int MARCH_FIRST = 60;

    /// A day of each year.
    sealed interface Day {}

    /// 1 to 365; February 29 is never counted.
    record JulianDay(int day) implements Day {}

    /// 0 to 365.
    record DayOfYear(int day) implements Day {}

    /// The weekday (0 for Sunday) of the first to fourth, or (5) of the last week of a month.
    record WeekdayOfMonth(int month, int week, int weekday) implements Day {}

    /// Seconds from 2000-01-01 in local time.
    long secondsIn(int year) {
        return daysIn(year) * SECONDS_PER_DAY + secondOfDay;
    }

    private long daysIn(int year) {
        long newYear = CivilDate.toDays(year, 1, 1);
        return switch (day) {
            case JulianDay(int number) ->
                    newYear
                            + number
                            - 1
                            + (number >= MARCH_FIRST && CivilDate.isLeap(year) ? 1 : 0);
            case DayOfYear(int number) -> newYear + number;
            case WeekdayOfMonth(int month, int week, int weekday) -> {
                long first = CivilDate.toDays(year, month, 1);
                // 2000-01-01 was a Saturday.
                int firstWeekday = (int) Math.floorMod(first + 6, (long) DAYS_PER_WEEK);
                int dayOfMonth = Math.floorMod(weekday - firstWeekday, DAYS_PER_WEEK);
                int length = CivilDate.daysInMonth(year, month);
                for (int i = 1; i < week && dayOfMonth + DAYS_PER_WEEK < length; i++) {
                    dayOfMonth += DAYS_PER_WEEK;
                }
                yield first + dayOfMonth;
            }
        };
    }
}
