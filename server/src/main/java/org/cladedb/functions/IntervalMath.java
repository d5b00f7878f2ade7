package org.cladedb.functions;

import static org.cladedb.types.Intervals.DAYS_PER_MONTH;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.cladedb.types.TimeZone;

/// Arithmetic with intervals: months, then days, then microseconds, as PostgreSQL does it.
final class IntervalMath {
    private static final int MONTHS_PER_YEAR = 12;

    /// More than a timestamp can be from 2000, and few enough for microseconds.
    private static final long DAYS_MAX = 106_751_990;

    private static final double SECONDS_PER_DAY = 86_400;

    private IntervalMath() {}

    /// Adds `sign` times the interval to a local timestamp.
    static long addToLocal(long timestamp, Datum interval, int sign) {
        requireOpposite(interval, sign);
        if (Timestamps.isInfinite(timestamp)) {
            return timestamp;
        }
        long result = addMonths(timestamp, (long) sign * interval.intervalMonths());
        result = Timestamps.checkRange(plusDays(result, (long) sign * interval.intervalDays()));
        return plusMicros(result, interval.intervalMicros(), sign);
    }

    /// Adds to an instant: months and days keep the clock's reading in `zone`.
    static long addToInstant(long timestamp, Datum interval, int sign, TimeZone zone) {
        requireOpposite(interval, sign);
        if (Timestamps.isInfinite(timestamp)) {
            return timestamp;
        }
        long result = timestamp;
        if (interval.intervalMonths() != 0) {
            long local = Timestamps.toLocal(result, zone);
            result =
                    Timestamps.toInstant(
                            addMonths(local, (long) sign * interval.intervalMonths()), zone);
        }
        if (interval.intervalDays() != 0) {
            long local = Timestamps.toLocal(result, zone);
            result =
                    Timestamps.toInstant(
                            Timestamps.checkRange(
                                    plusDays(local, (long) sign * interval.intervalDays())),
                            zone);
        }
        return plusMicros(result, interval.intervalMicros(), sign);
    }

    /// What is taken away has to have an opposite.
    private static void requireOpposite(Datum interval, int sign) {
        boolean least =
                interval.intervalMonths() == Integer.MIN_VALUE
                        || interval.intervalDays() == Integer.MIN_VALUE
                        || interval.intervalMicros() == Long.MIN_VALUE;
        if (sign < 0 && least) {
            throw Failures.timeOutOfRange("interval");
        }
    }

    private static long plusDays(long timestamp, long days) {
        long day = Math.floorDiv(timestamp, MICROS_PER_DAY) + days;
        if (Math.abs(day) > DAYS_MAX) {
            throw Failures.timeOutOfRange("timestamp");
        }
        return day * MICROS_PER_DAY + Math.floorMod(timestamp, MICROS_PER_DAY);
    }

    private static long plusMicros(long timestamp, long micros, int sign) {
        long shift = sign * micros;
        long result = timestamp + shift;
        if (overflows(timestamp, shift, result)) {
            throw Failures.timeOutOfRange("timestamp");
        }
        return Timestamps.checkRange(result);
    }

    private static boolean overflows(long left, long right, long sum) {
        return ((left ^ sum) & (right ^ sum)) < 0;
    }

    /// Moves by calendar months; a day that the month lacks becomes its last.
    static long addMonths(long timestamp, long months) {
        if (months == 0) {
            return timestamp;
        }
        long date = CivilDate.ofDays(Math.floorDiv(timestamp, MICROS_PER_DAY));
        long month =
                (long) CivilDate.year(date) * MONTHS_PER_YEAR + CivilDate.month(date) - 1 + months;
        long year = Math.floorDiv(month, MONTHS_PER_YEAR);
        if (year < -4800 || year > 300_000) {
            throw Failures.timeOutOfRange("timestamp");
        }
        int monthOfYear = (int) Math.floorMod(month, (long) MONTHS_PER_YEAR) + 1;
        int day = Math.min(CivilDate.day(date), CivilDate.daysInMonth((int) year, monthOfYear));
        return Timestamps.checkRange(
                CivilDate.toDays((int) year, monthOfYear, day) * MICROS_PER_DAY
                        + Math.floorMod(timestamp, MICROS_PER_DAY));
    }

    static void add(Datum left, Datum right, int sign, Datum out) {
        long months = left.intervalMonths() + (long) sign * right.intervalMonths();
        long days = left.intervalDays() + (long) sign * right.intervalDays();
        long shift = sign * right.intervalMicros();
        long micros = left.intervalMicros() + shift;
        if (overflows(left.intervalMicros(), shift, micros)) {
            throw Failures.timeOutOfRange("interval");
        }
        set(out, months, days, micros);
    }

    static void negate(Datum value, Datum out) {
        if (value.intervalMicros() == Long.MIN_VALUE) {
            throw Failures.timeOutOfRange("interval");
        }
        set(
                out,
                -(long) value.intervalMonths(),
                -(long) value.intervalDays(),
                -value.intervalMicros());
    }

    static void set(Datum out, long months, long days, long micros) {
        if (months != (int) months || days != (int) days) {
            throw Failures.timeOutOfRange("interval");
        }
        out.setInterval((int) months, (int) days, micros);
    }

    static void multiply(Datum span, double factor, Datum out) {
        spread(
                span.intervalMonths() * factor,
                span.intervalDays() * factor,
                span.intervalMicros() * factor,
                out);
    }

    static void divide(Datum span, double factor, Datum out) {
        if (factor == 0) {
            throw Failures.divisionByZero();
        }
        spread(
                span.intervalMonths() / factor,
                span.intervalDays() / factor,
                span.intervalMicros() / factor,
                out);
    }

    /// Fractions of months become days, fractions of days become time.
    private static void spread(double months, double days, double micros, Datum out) {
        if (!isInteger(months) || !isInteger(days)) {
            throw Failures.timeOutOfRange("interval");
        }
        int wholeMonths = (int) months;
        long wholeDays = (int) days;
        double daysOfMonths = toMicrosecond((months - wholeMonths) * DAYS_PER_MONTH);
        double seconds =
                toMicrosecond(
                        (days - wholeDays + daysOfMonths - (int) daysOfMonths) * SECONDS_PER_DAY);
        if (Math.abs(seconds) >= SECONDS_PER_DAY) {
            int carried = (int) (seconds / SECONDS_PER_DAY);
            wholeDays += carried;
            seconds -= carried * SECONDS_PER_DAY;
        }
        wholeDays += (int) daysOfMonths;
        double time = Math.rint(micros + seconds * MICROS_PER_SECOND);
        if (Double.isNaN(time) || time < -0x1p63 || time >= 0x1p63) {
            throw Failures.timeOutOfRange("interval");
        }
        set(out, wholeMonths, wholeDays, (long) time);
    }

    private static boolean isInteger(double value) {
        return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    }

    private static double toMicrosecond(double value) {
        return Math.rint(value * MICROS_PER_SECOND) / MICROS_PER_SECOND;
    }

    /// Difference of two timestamps in days and time.
    static void between(long later, long earlier, Datum out) {
        if (Timestamps.isInfinite(later) || Timestamps.isInfinite(earlier)) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite timestamps");
        }
        long micros = later - earlier;
        if (((later ^ earlier) & (later ^ micros)) < 0) {
            throw Failures.timeOutOfRange("interval");
        }
        set(out, 0, micros / MICROS_PER_DAY, micros % MICROS_PER_DAY);
    }

    /// Whole days out of the time.
    static void justifyHours(Datum value, Datum out) {
        long days = value.intervalDays() + value.intervalMicros() / MICROS_PER_DAY;
        long micros = value.intervalMicros() % MICROS_PER_DAY;
        if (days > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            days++;
        }
        set(out, value.intervalMonths(), days, micros);
    }

    /// Whole months out of the days.
    static void justifyDays(Datum value, Datum out) {
        long months = (long) value.intervalMonths() + value.intervalDays() / DAYS_PER_MONTH;
        long days = value.intervalDays() % DAYS_PER_MONTH;
        if (months > 0 && days < 0) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && days > 0) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        set(out, months, days, value.intervalMicros());
    }

    /// Both, with all parts of one sign.
    static void justify(Datum value, Datum out) {
        long days = value.intervalDays() + value.intervalMicros() / MICROS_PER_DAY;
        long micros = value.intervalMicros() % MICROS_PER_DAY;
        long months = value.intervalMonths() + days / DAYS_PER_MONTH;
        days %= DAYS_PER_MONTH;
        if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            days++;
        }
        set(out, months, days, micros);
    }

    /// The symbolic difference in years, months, days and time of two local timestamps.
    static void age(long first, long second, Datum out) {
        if (Timestamps.isInfinite(first) || Timestamps.isInfinite(second)) {
            throw Failures.timeOutOfRange("interval");
        }
        boolean negative = first < second;
        long later = negative ? second : first;
        long earlier = negative ? first : second;
        long laterDate = CivilDate.ofDays(Math.floorDiv(later, MICROS_PER_DAY));
        long earlierDate = CivilDate.ofDays(Math.floorDiv(earlier, MICROS_PER_DAY));
        long micros = Timestamps.timeOfDay(later) - Timestamps.timeOfDay(earlier);
        long days = (long) CivilDate.day(laterDate) - CivilDate.day(earlierDate);
        long months =
                (CivilDate.year(laterDate) - (long) CivilDate.year(earlierDate)) * MONTHS_PER_YEAR
                        + CivilDate.month(laterDate)
                        - CivilDate.month(earlierDate);
        if (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        while (days < 0) {
            days +=
                    CivilDate.daysInMonth(
                            CivilDate.year(earlierDate), CivilDate.month(earlierDate));
            months--;
        }
        int sign = negative ? -1 : 1;
        set(out, sign * months, sign * days, sign * micros);
    }
}
