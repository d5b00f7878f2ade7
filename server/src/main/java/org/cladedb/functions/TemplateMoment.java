package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.util.EnumSet;
import java.util.Set;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.TemplateFields.Part;
import org.cladedb.types.CivilDate;
import org.cladedb.types.TimeZone;
import org.cladedb.types.ZoneAbbreviation;

/// Makes a date and a time of what was read by a template: `to_date` and `to_timestamp`.
final class TemplateMoment {
    private static final int HOURS_OF_HALF = 12;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int ZONE_HOURS_MAX = 15;
    private static final int YEARS_PER_CENTURY = 100;
    private static final int DAYS_PER_WEEK = 7;
    private static final int[] DAYS_BEFORE = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
    };

    private enum Known {
        YEAR,
        MONTH,
        DAY
    }

    private final TemplateFields fields;
    private final String input;
    private final Set<Known> known = EnumSet.noneOf(Known.class);
    private int year;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private long micros;

    private TemplateMoment(TemplateFields fields, String input) {
        this.fields = fields;
        this.input = input;
    }

    /// @param input for error messages
    static TemplateMoment of(TemplateFields fields, String input) {
        TemplateMoment moment = new TemplateMoment(fields, input);
        try {
            moment.setClock();
            moment.setYear();
            moment.setDate();
            moment.setFraction();
        } catch (ArithmeticException exception) {
            throw moment.overflow();
        }
        moment.requireValid();
        moment.requireValidZone();
        return moment;
    }

    private void setClock() {
        int secondOfDay = fields.get(Part.SECOND_OF_DAY);
        hour = secondOfDay / SECONDS_PER_HOUR;
        minute = secondOfDay % SECONDS_PER_HOUR / SECONDS_PER_MINUTE;
        second = secondOfDay % SECONDS_PER_MINUTE;
        second = fields.has(Part.SECOND) ? fields.get(Part.SECOND) : second;
        minute = fields.has(Part.MINUTE) ? fields.get(Part.MINUTE) : minute;
        hour = fields.has(Part.HOUR) ? fields.get(Part.HOUR) : hour;
        if (!fields.twelveHours) {
            return;
        }
        if (hour < 1 || hour > HOURS_OF_HALF) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "hour \"" + hour + "\" is invalid for the 12-hour clock")
                    .withHint("Use the 24-hour clock, or give an hour between 1 and 12.");
        }
        hour = hour % HOURS_OF_HALF + (fields.has(Part.AFTERNOON) ? HOURS_OF_HALF : 0);
    }

    private void setYear() {
        boolean before = fields.has(Part.BEFORE_CHRIST);
        int century = before ? -fields.get(Part.CENTURY) : fields.get(Part.CENTURY);
        if (fields.has(Part.YEAR)) {
            year = fields.get(Part.YEAR);
            if (century != 0 && fields.yearDigits <= 2) {
                year = ofCentury(century, year % YEARS_PER_CENTURY);
            } else {
                year = before ? -year : year;
                // 0 is 1 BC.
                year = year < 0 ? year + 1 : year;
            }
            known.add(Known.YEAR);
        } else if (century != 0) {
            // Its first year: 2001 of the 21st, 600 BC of the 6th before Christ.
            year = Math.multiplyExact(century >= 0 ? century - 1 : century, YEARS_PER_CENTURY);
            year = Math.addExact(year, 1);
            known.add(Known.YEAR);
        }
    }

    /// The century is the one that ends with its hundredth year.
    private static int ofCentury(int century, int yearOfCentury) {
        if (yearOfCentury == 0) {
            return century * YEARS_PER_CENTURY + (century >= 0 ? 0 : 1);
        }
        if (century >= 0) {
            return Math.addExact(yearOfCentury, Math.multiplyExact(century - 1, YEARS_PER_CENTURY));
        }
        int first = Math.multiplyExact(century + 1, YEARS_PER_CENTURY);
        return Math.addExact(Math.subtractExact(first, yearOfCentury), 1);
    }

    private void setDate() {
        if (fields.has(Part.JULIAN_DAY)) {
            setJulianDay(fields.get(Part.JULIAN_DAY));
        }
        int dayOfYear = fields.get(Part.DAY_OF_YEAR);
        if (fields.has(Part.WEEK)) {
            int week = fields.get(Part.WEEK);
            if (fields.isIsoWeeks()) {
                int first = JulianDays.ofIsoWeek(year, week);
                int weekday = fields.get(Part.DAY_OF_WEEK);
                // From Sunday, which ends a week; Monday when it was not given.
                setJulianDay(weekday == 0 ? first : first + (weekday > 1 ? weekday - 2 : 6));
            } else {
                dayOfYear = firstDay(week);
            }
        }
        int dayOfMonth =
                fields.has(Part.WEEK_OF_MONTH)
                        ? firstDay(fields.get(Part.WEEK_OF_MONTH))
                        : fields.get(Part.DAY);
        if (dayOfMonth != 0) {
            day = dayOfMonth;
            known.add(Known.DAY);
        }
        if (fields.has(Part.MONTH)) {
            month = fields.get(Part.MONTH);
            known.add(Known.MONTH);
        }
        if (dayOfYear != 0 && (month <= 1 || day <= 1)) {
            setDayOfYear(dayOfYear);
        }
    }

    /// The first day of a week when weeks begin with the year, or the month.
    private static int firstDay(int week) {
        return Math.addExact(Math.multiplyExact(Math.subtractExact(week, 1), DAYS_PER_WEEK), 1);
    }

    private void setJulianDay(int julianDay) {
        long date = CivilDate.ofDays((long) julianDay - JulianDays.EPOCH);
        year = CivilDate.year(date);
        month = CivilDate.month(date);
        day = CivilDate.day(date);
        known.addAll(EnumSet.allOf(Known.class));
    }

    private void setDayOfYear(int dayOfYear) {
        if (year == 0 && !fields.has(Part.BEFORE_CHRIST)) {
            throw new DatabaseException(
                    SqlState.INVALID_DATETIME_FORMAT,
                    "cannot calculate day of year without year information");
        }
        if (fields.isIsoWeeks()) {
            setJulianDay(JulianDays.ofIsoWeek(year, 1) - 1 + dayOfYear);
            return;
        }
        int of = 1;
        while (of <= DAYS_BEFORE.length - 1 && dayOfYear > daysBefore(of + 1)) {
            of++;
        }
        if (month <= 1) {
            month = of;
        }
        if (day <= 1) {
            day = dayOfYear - daysBefore(of);
        }
        known.add(Known.MONTH);
        known.add(Known.DAY);
    }

    /// The days of the year before a month; before the 13th all.
    private int daysBefore(int of) {
        return DAYS_BEFORE[of - 1] + (of > 2 && CivilDate.isLeap(year) ? 1 : 0);
    }

    private void setFraction() {
        micros =
                Math.addExact(
                        Math.multiplyExact(fields.get(Part.MILLISECOND), 1000),
                        fields.get(Part.MICROSECOND));
    }

    private void requireValid() {
        boolean monthValid = !known.contains(Known.MONTH) || (month >= 1 && month <= 12);
        boolean dayValid = !known.contains(Known.DAY) || (day >= 1 && day <= 31);
        boolean whole = known.size() == Known.values().length;
        if (!monthValid
                || !dayValid
                || (whole && day > CivilDate.daysInMonth(year, month))
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || micros < 0
                || micros >= MICROS_PER_SECOND) {
            throw overflow();
        }
    }

    private void requireValidZone() {
        int hours = fields.get(Part.ZONE_HOUR);
        int minutes = fields.get(Part.ZONE_MINUTE);
        boolean valid = hours >= 0 && hours <= ZONE_HOURS_MAX && minutes >= 0 && minutes < 60;
        if (fields.zoneSign != 0 && !valid) {
            throw new DatabaseException(
                    SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                    "time zone displacement out of range: \"" + input + "\"");
        }
    }

    private DatabaseException overflow() {
        return new DatabaseException(
                SqlState.DATETIME_FIELD_OVERFLOW,
                "date/time field value out of range: \"" + input + "\"");
    }

    /// Days since 2000-01-01.
    long date() {
        long days = CivilDate.toDays(year, month, day);
        if (days < Timestamps.DATE_LEAST || days >= Timestamps.DATE_END) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + input + "\"");
        }
        return days;
    }

    /// Microseconds since 2000-01-01 UTC.
    ///
    /// @param session the zone when none was read
    long instant(TimeZone session) {
        long days = CivilDate.toDays(year, month, day);
        if (days < Timestamps.DATE_LEAST || days > Timestamps.END / MICROS_PER_DAY) {
            throw Failures.timeOutOfRange("timestamp");
        }
        long time = (hour * 60L + minute) * 60 + second;
        long local = days * MICROS_PER_DAY + time * MICROS_PER_SECOND + micros;
        long instant = Timestamps.checkRange(local - offset(local, session) * MICROS_PER_SECOND);
        return fields.fractionDigits == 0
                ? instant
                : Timestamps.checkRange(Timestamps.round(instant, fields.fractionDigits));
    }

    private long offset(long local, TimeZone session) {
        if (fields.zoneSign != 0) {
            long minutes = fields.get(Part.ZONE_HOUR) * 60L + fields.get(Part.ZONE_MINUTE);
            return fields.zoneSign * minutes * 60;
        }
        ZoneAbbreviation zone = fields.zone;
        return zone == null
                ? session.offsetSecondsOfLocal(local)
                : zone.offsetSecondsOfLocal(local);
    }
}
