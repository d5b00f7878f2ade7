package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FIELD_RANGE;
import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;

/// The parts of an interval while it is read; fractions spill over into the smaller parts. What
/// does not fit is a [DateTimeProblem].
final class IntervalSum {
    private static final int MONTHS_PER_YEAR = 12;

    private int years;
    private int months;
    private int days;
    private long micros;

    void addMicros(long value, double fraction, long scale) {
        try {
            micros = Math.addExact(micros, Math.multiplyExact(value, scale));
        } catch (ArithmeticException _) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        addFractionMicros(fraction, scale);
    }

    void addFractionMicros(double fraction, long scale) {
        if (fraction == 0) {
            return;
        }
        double scaled = fraction * scale;
        long whole = (long) scaled;
        double rest = scaled - whole;
        if (rest > 0.5) {
            whole++;
        } else if (rest < -0.5) {
            whole--;
        }
        try {
            micros = Math.addExact(micros, whole);
        } catch (ArithmeticException _) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    void addDays(long value, int scale) {
        days = add(days, value, scale);
    }

    void addFractionDays(double fraction, int scale) {
        if (fraction == 0) {
            return;
        }
        double scaled = fraction * scale;
        int whole = (int) scaled;
        days = add(days, whole, 1);
        addFractionMicros(scaled - whole, MICROS_PER_DAY);
    }

    void addMonths(long value) {
        months = add(months, value, 1);
    }

    void addYears(long value, double fraction, int scale) {
        years = add(years, value, scale);
        months = add(months, (long) Math.rint(fraction * scale * MONTHS_PER_YEAR), 1);
    }

    private static int add(int sum, long value, int scale) {
        if (value != (int) value) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        long product = value * scale;
        long result = sum + product;
        if (product != (int) product || result != (int) result) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        return (int) result;
    }

    void negate() {
        if (years == Integer.MIN_VALUE
                || months == Integer.MIN_VALUE
                || days == Integer.MIN_VALUE
                || micros == Long.MIN_VALUE
                || (long) years * MONTHS_PER_YEAR + months == Integer.MIN_VALUE) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        years = -years;
        months = -months;
        days = -days;
        micros = -micros;
    }

    void negateMicros() {
        if (micros == Long.MIN_VALUE) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        micros = -micros;
    }

    void makeMicrosNegative() {
        micros = -Math.abs(micros);
    }

    /// Sets the interval; false when years and months together do not fit.
    boolean store(Datum out) {
        long total = (long) years * MONTHS_PER_YEAR + months;
        if (total != (int) total) {
            return false;
        }
        out.setInterval((int) total, days, micros);
        return true;
    }

    static long monthsOf(long years, long months) {
        try {
            return Math.addExact(Math.multiplyExact(years, MONTHS_PER_YEAR), months);
        } catch (ArithmeticException _) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    static long parseLong(String text, int start, int end) {
        if (start >= end) {
            throw new DateTimeProblem(FORMAT);
        }
        try {
            return Long.parseLong(text, start, end, 10);
        } catch (NumberFormatException _) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    /// A fraction with its point; a point alone is 0.
    static double fraction(String text) {
        if (DateTimeNumbers.digitsEnd(text, 1) != text.length()) {
            throw new DateTimeProblem(FORMAT);
        }
        return text.length() == 1 ? 0 : Double.parseDouble(text);
    }
}
