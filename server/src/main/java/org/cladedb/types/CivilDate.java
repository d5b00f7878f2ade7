package org.cladedb.types;

/// The proleptic Gregorian calendar over day numbers, 0 being 2000-01-01; year 0 is 1 BC.
public final class CivilDate {
    /// The first and last dates of PostgreSQL: 4714-11-24 BC and 5874897-12-31.
    public static final int FIRST_DAY = -2_451_545;

    public static final int LAST_DAY = 2_145_031_948;

    /// From 0000-03-01, where the 400-year cycle is counted from.
    private static final long CYCLE_SHIFT = 730_425;

    private static final int DAYS_PER_CYCLE = 146_097;
    private static final int YEARS_PER_CYCLE = 400;
    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private CivilDate() {}

    /// The day number of a date; the day may lie outside its month.
    public static long toDays(int year, int month, int day) {
        long shifted = month <= 2 ? year - 1L : year;
        long cycle = Math.floorDiv(shifted, YEARS_PER_CYCLE);
        long yearOfCycle = shifted - cycle * YEARS_PER_CYCLE;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
        return cycle * DAYS_PER_CYCLE + dayOfCycle - CYCLE_SHIFT;
    }

    /// Year, month and day in one number: see [#year(long)], [#month(long)], [#day(long)].
    public static long ofDays(long days) {
        long shifted = days + CYCLE_SHIFT;
        int cycle = (int) Math.floorDiv(shifted, DAYS_PER_CYCLE);
        int dayOfCycle = (int) (shifted - (long) cycle * DAYS_PER_CYCLE);
        int yearOfCycle =
                (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
        int dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = (long) cycle * YEARS_PER_CYCLE + yearOfCycle + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    public static int year(long date) {
        return (int) (date >> 16);
    }

    public static int month(long date) {
        return (int) (date >> 8) & 0xFF;
    }

    public static int day(long date) {
        return (int) date & 0xFF;
    }

    public static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int daysInMonth(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1];
    }
}
