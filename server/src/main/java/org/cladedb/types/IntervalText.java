package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.common.ByteWriter;

/// Prints intervals in the four styles of `intervalstyle`.
final class IntervalText {
    private static final int MONTHS_PER_YEAR = 12;

    private IntervalText() {}

    /// An interval's fields, all of one sign where PostgreSQL has them so.
    private record Fields(
            int years, int months, int days, long hours, int minutes, int seconds, int micros) {
        static Fields of(Datum value) {
            long time = value.intervalMicros();
            return new Fields(
                    value.intervalMonths() / MONTHS_PER_YEAR,
                    value.intervalMonths() % MONTHS_PER_YEAR,
                    value.intervalDays(),
                    time / MICROS_PER_HOUR,
                    (int) (time % MICROS_PER_HOUR / MICROS_PER_MINUTE),
                    (int) (time % MICROS_PER_MINUTE / MICROS_PER_SECOND),
                    (int) (time % MICROS_PER_SECOND));
        }

        boolean hasTime() {
            return hours != 0 || minutes != 0 || seconds != 0 || micros != 0;
        }

        boolean timeIsNegative() {
            return hours < 0 || minutes < 0 || seconds < 0 || micros < 0;
        }
    }

    static void append(ByteWriter out, Datum value, TypeContext.IntervalStyle style) {
        Fields fields = Fields.of(value);
        switch (style) {
            case POSTGRES -> appendPostgres(out, fields);
            case POSTGRES_VERBOSE -> appendVerbose(out, fields);
            case SQL_STANDARD -> appendStandard(out, fields);
            case ISO_8601 -> appendIso(out, fields);
        }
    }

    private static void appendPostgres(ByteWriter out, Fields fields) {
        int start = out.size();
        boolean before = appendUnit(out, start, fields.years, "year", false);
        before = appendUnit(out, start, fields.months, "mon", before);
        before = appendUnit(out, start, fields.days, "day", before);
        if (out.size() > start && !fields.hasTime()) {
            return;
        }
        if (out.size() > start) {
            out.writeByte(' ');
        }
        if (fields.timeIsNegative()) {
            out.writeByte('-');
        } else if (before) {
            out.writeByte('+');
        }
        appendClock(out, fields, 2);
    }

    /// One unit; returns whether the last unit written is negative, so that a positive one after it
    /// needs its sign.
    private static boolean appendUnit(
            ByteWriter out, int start, int value, String unit, boolean before) {
        if (value == 0) {
            return before;
        }
        if (out.size() > start) {
            out.writeByte(' ');
        }
        if (before && value > 0) {
            out.writeByte('+');
        }
        Digits.append(out, value);
        out.writeByte(' ');
        out.writeUtf8(unit);
        if (value != 1) {
            out.writeByte('s');
        }
        return value < 0;
    }

    private static void appendClock(ByteWriter out, Fields fields, int hourDigits) {
        Digits.appendPadded(out, Math.abs(fields.hours), hourDigits);
        out.writeByte(':');
        Digits.appendPadded(out, Math.abs(fields.minutes), 2);
        out.writeByte(':');
        Digits.appendPadded(out, Math.abs(fields.seconds), 2);
        DateTimeText.appendFraction(out, Math.abs(fields.micros));
    }

    /// `@ 1 year 2 mons -3 days 4 hours ago`: the first unit decides the sign, `ago` turns all.
    private static void appendVerbose(ByteWriter out, Fields fields) {
        out.writeByte('@');
        int start = out.size();
        Verbose verbose = new Verbose(out);
        verbose.append(fields.years, "year");
        verbose.append(fields.months, "mon");
        verbose.append(fields.days, "day");
        verbose.append(fields.hours, "hour");
        verbose.append(fields.minutes, "min");
        if (fields.seconds != 0 || fields.micros != 0) {
            verbose.appendSeconds(fields.seconds, fields.micros);
        }
        if (out.size() == start) {
            out.writeUtf8(" 0");
        }
        if (verbose.ago) {
            out.writeUtf8(" ago");
        }
    }

    private static final class Verbose {
        private final ByteWriter out;
        private boolean first = true;
        private boolean ago;

        Verbose(ByteWriter out) {
            this.out = out;
        }

        void append(long value, String unit) {
            if (value == 0) {
                return;
            }
            long shown = value;
            if (first) {
                ago = value < 0;
                first = false;
            }
            if (ago) {
                shown = -value;
            }
            out.writeByte(' ');
            Digits.append(out, shown);
            out.writeByte(' ');
            out.writeUtf8(unit);
            if (shown != 1) {
                out.writeByte('s');
            }
        }

        void appendSeconds(int seconds, int micros) {
            boolean negative = seconds < 0 || micros < 0;
            if (first) {
                ago = negative;
                first = false;
                negative = false;
            } else if (ago) {
                negative = !negative;
            }
            out.writeUtf8(negative ? " -" : " ");
            Digits.append(out, Math.abs(seconds));
            DateTimeText.appendFraction(out, Math.abs(micros));
            out.writeUtf8(Math.abs(seconds) != 1 || micros != 0 ? " secs" : " sec");
        }
    }

    private static void appendStandard(ByteWriter out, Fields fields) {
        boolean yearMonth = fields.years != 0 || fields.months != 0;
        boolean dayTime = fields.days != 0 || fields.hasTime();
        boolean negative =
                fields.years < 0 || fields.months < 0 || fields.days < 0 || fields.timeIsNegative();
        boolean positive =
                fields.years > 0
                        || fields.months > 0
                        || fields.days > 0
                        || (fields.hasTime() && !fields.timeIsNegative());
        if (!yearMonth && !dayTime) {
            out.writeByte('0');
        } else if ((negative && positive) || (yearMonth && dayTime)) {
            appendStandardMixed(out, fields);
        } else {
            if (negative) {
                out.writeByte('-');
            }
            if (yearMonth) {
                appendYearMonth(out, fields);
            } else {
                if (fields.days != 0) {
                    Digits.append(out, Math.abs((long) fields.days));
                    out.writeByte(' ');
                }
                appendClock(out, fields, 1);
            }
        }
    }

    private static void appendStandardMixed(ByteWriter out, Fields fields) {
        out.writeByte(fields.years < 0 || fields.months < 0 ? '-' : '+');
        appendYearMonth(out, fields);
        out.writeByte(' ');
        out.writeByte(fields.days < 0 ? '-' : '+');
        Digits.append(out, Math.abs((long) fields.days));
        out.writeByte(' ');
        out.writeByte(fields.timeIsNegative() ? '-' : '+');
        appendClock(out, fields, 1);
    }

    private static void appendYearMonth(ByteWriter out, Fields fields) {
        Digits.append(out, Math.abs(fields.years));
        out.writeByte('-');
        Digits.append(out, Math.abs(fields.months));
    }

    private static void appendIso(ByteWriter out, Fields fields) {
        out.writeByte('P');
        int start = out.size();
        appendIsoUnit(out, fields.years, 'Y');
        appendIsoUnit(out, fields.months, 'M');
        appendIsoUnit(out, fields.days, 'D');
        if (fields.hasTime()) {
            out.writeByte('T');
            appendIsoUnit(out, fields.hours, 'H');
            appendIsoUnit(out, fields.minutes, 'M');
            if (fields.seconds != 0 || fields.micros != 0) {
                if (fields.seconds < 0 || fields.micros < 0) {
                    out.writeByte('-');
                }
                Digits.append(out, Math.abs(fields.seconds));
                DateTimeText.appendFraction(out, Math.abs(fields.micros));
                out.writeByte('S');
            }
        } else if (out.size() == start) {
            out.writeUtf8("T0S");
        }
    }

    private static void appendIsoUnit(ByteWriter out, long value, char unit) {
        if (value != 0) {
            Digits.append(out, value);
            out.writeByte(unit);
        }
    }
}
