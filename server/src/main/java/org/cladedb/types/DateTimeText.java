package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.common.ByteWriter;

/// Prints dates and times in the ISO style, or in the one of XML Schema (with a T) that JSON uses.
final class DateTimeText {
    static final long INFINITY = Long.MAX_VALUE;
    static final long NEGATIVE_INFINITY = Long.MIN_VALUE;
    static final int DATE_INFINITY = Integer.MAX_VALUE;
    static final int DATE_NEGATIVE_INFINITY = Integer.MIN_VALUE;

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int FRACTION_DIGITS = 6;
    private static final int CLOCK_BYTES = 8;
    private static final int SHORT_DATE_BYTES = 10;

    private DateTimeText() {}

    static void appendDate(ByteWriter out, long days) {
        if (days == DATE_INFINITY || days == DATE_NEGATIVE_INFINITY) {
            out.writeUtf8(days > 0 ? "infinity" : "-infinity");
            return;
        }
        long date = CivilDate.ofDays(days);
        appendCivil(out, date);
        appendEra(out, date);
    }

    static void appendTimestamp(ByteWriter out, long micros, boolean xml) {
        if (!appendInfinite(out, micros)) {
            long date = appendLocal(out, micros, xml);
            appendEra(out, date);
        }
    }

    static void appendTimestampTz(ByteWriter out, long micros, TimeZone zone, boolean xml) {
        if (!appendInfinite(out, micros)) {
            int offset = zone.offsetSeconds(micros);
            long date = appendLocal(out, micros + offset * MICROS_PER_SECOND, xml);
            appendOffset(out, offset, xml);
            appendEra(out, date);
        }
    }

    private static boolean appendInfinite(ByteWriter out, long micros) {
        if (micros != INFINITY && micros != NEGATIVE_INFINITY) {
            return false;
        }
        out.writeUtf8(micros > 0 ? "infinity" : "-infinity");
        return true;
    }

    private static long appendLocal(ByteWriter out, long micros, boolean xml) {
        long days = Math.floorDiv(micros, MICROS_PER_DAY);
        long date = CivilDate.ofDays(days);
        appendCivil(out, date);
        out.writeByte(xml ? 'T' : ' ');
        appendTime(out, micros - days * MICROS_PER_DAY);
        return date;
    }

    /// Year (in four digits or more, of its era), month, day.
    private static void appendCivil(ByteWriter out, long date) {
        int year = CivilDate.year(date);
        int yearOfEra = year > 0 ? year : 1 - year;
        if (yearOfEra > 9999) {
            Digits.append(out, yearOfEra / 10_000);
            yearOfEra %= 10_000;
        }
        byte[] array = out.reserve(SHORT_DATE_BYTES);
        int at = out.size();
        Digits.putPair(array, at, yearOfEra / 100);
        Digits.putPair(array, at + 2, yearOfEra % 100);
        array[at + 4] = '-';
        Digits.putPair(array, at + 5, CivilDate.month(date));
        array[at + 7] = '-';
        Digits.putPair(array, at + 8, CivilDate.day(date));
        out.advance(SHORT_DATE_BYTES);
    }

    private static void appendEra(ByteWriter out, long date) {
        if (CivilDate.year(date) <= 0) {
            out.writeUtf8(" BC");
        }
    }

    /// A time of day; the fraction without trailing zeros.
    static void appendTime(ByteWriter out, long micros) {
        int seconds = (int) (micros / MICROS_PER_SECOND);
        byte[] array = out.reserve(CLOCK_BYTES);
        int at = out.size();
        Digits.putPair(array, at, seconds / SECONDS_PER_HOUR);
        array[at + 2] = ':';
        Digits.putPair(array, at + 3, seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE);
        array[at + 5] = ':';
        Digits.putPair(array, at + 6, seconds % SECONDS_PER_MINUTE);
        out.advance(CLOCK_BYTES);
        appendFraction(out, (int) (micros - seconds * MICROS_PER_SECOND));
    }

    /// A point and up to six digits, or nothing for 0.
    static void appendFraction(ByteWriter out, int micros) {
        if (micros == 0) {
            return;
        }
        int rest = micros;
        int digits = FRACTION_DIGITS;
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        out.writeByte('.');
        Digits.appendPadded(out, rest, digits);
    }

    /// `+02`, `-03:30`, with seconds if there are any; XML Schema wants the minutes always.
    static void appendOffset(ByteWriter out, int offsetSeconds, boolean xml) {
        int rest = Math.abs(offsetSeconds);
        int minutes = rest / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE;
        int seconds = rest % SECONDS_PER_MINUTE;
        out.writeByte(offsetSeconds < 0 ? '-' : '+');
        Digits.appendPadded(out, rest / SECONDS_PER_HOUR, 2);
        if (xml || minutes != 0 || seconds != 0) {
            out.writeByte(':');
            Digits.appendPadded(out, minutes, 2);
        }
        if (seconds != 0) {
            out.writeByte(':');
            Digits.appendPadded(out, seconds, 2);
        }
    }
}
