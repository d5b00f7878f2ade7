package org.cladedb.functions;

/// Days numbered from 4714-11-24 BC, as templates of dates count them; year 0 is 1 BC.
///
/// Parts may lie outside of their range, as those of intervals do: what comes out then is
/// PostgreSQL's, whose integer formulas these are.
final class JulianDays {
    /// 2000-01-01, from which dates count.
    static final int EPOCH = 2_451_545;

    private static final int DAYS_PER_WEEK = 7;
    private static final int LAST_SURE_WEEK = 52;

    private JulianDays() {}

    static int of(int year, int month, int day) {
        // Years begin in March, so that the leap day is the last.
        boolean early = month <= 2;
        int shiftedYear = year + (early ? 4799 : 4800);
        int shiftedMonth = month + (early ? 13 : 1);
        int century = shiftedYear / 100;
        return shiftedYear * 365
                - 32_167
                + shiftedYear / 4
                - century
                + century / 4
                + 7834 * shiftedMonth / 256
                + day;
    }

    /// 0 for Sunday.
    static int dayOfWeek(int julianDay) {
        return Math.floorMod(julianDay + 1, DAYS_PER_WEEK);
    }

    /// The first day of a week of an ISO year.
    static int ofIsoWeek(int year, int week) {
        int fourth = of(year, 1, 4);
        return (week - 1) * DAYS_PER_WEEK + fourth - dayOfWeek(fourth - 1);
    }

    /// @param year the calendar year of the day
    static int isoWeek(int year, int julianDay) {
        int first = ofIsoWeek(year, 1);
        if (julianDay < first) {
            first = ofIsoWeek(year - 1, 1);
        }
        int week = (julianDay - first) / DAYS_PER_WEEK + 1;
        int next = ofIsoWeek(year + 1, 1);
        return week >= LAST_SURE_WEEK && julianDay >= next
                ? (julianDay - next) / DAYS_PER_WEEK + 1
                : week;
    }

    /// @param year the calendar year of the day
    static int isoYear(int year, int julianDay) {
        int isoYear = year;
        int first = ofIsoWeek(year, 1);
        if (julianDay < first) {
            first = ofIsoWeek(year - 1, 1);
            isoYear--;
        }
        int week = (julianDay - first) / DAYS_PER_WEEK + 1;
        return week >= LAST_SURE_WEEK && julianDay >= ofIsoWeek(year + 1, 1)
                ? isoYear + 1
                : isoYear;
    }
}
