package org.cladedb.types;

import org.jspecify.annotations.Nullable;

/// Reads POSIX descriptions of time zones: `std offset [dst [offset] [,start[/time],end[/time]]]`.
final class PosixZoneParser {
    /// In force where a zone has daylight time and does not say when.
    private static final String DEFAULT_RULES = ",M3.2.0,M11.1.0";

    private static final int HOURS_MAX = 24 * 7 - 1;
    private static final int CHANGE_AT_SECONDS = 2 * PosixTimeZone.SECONDS_PER_HOUR;
    private static final int LENGTH_MAX = 255;

    private final String text;
    private int at;

    private PosixZoneParser(String text) {
        this.text = text;
    }

    /// The text is no such description.
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("not a POSIX time zone", null, false, false);
        }
    }

    /// Null when the text is no such description.
    static @Nullable PosixTimeZone parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return null;
        }
        try {
            return new PosixZoneParser(text).zone();
        } catch (Malformed _) {
            return null;
        }
    }

    private PosixTimeZone zone() throws Malformed {
        String standard = name();
        int west = signedTime();
        if (atEnd()) {
            return new PosixTimeZone(text, standard, -west, null);
        }
        String daylight = name();
        require(!daylight.isEmpty());
        int offset = -west + PosixTimeZone.SECONDS_PER_HOUR;
        if (!atEnd() && !nextIs(',') && !nextIs(';')) {
            offset = -signedTime();
        }
        PosixZoneParser rules = atEnd() ? new PosixZoneParser(DEFAULT_RULES) : this;
        rules.at++;
        PosixChange start = rules.change();
        rules.expect(',');
        PosixChange end = rules.change();
        require(rules.atEnd());
        return new PosixTimeZone(
                text, standard, -west, new PosixTimeZone.Daylight(daylight, offset, start, end));
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private boolean nextIs(char character) {
        return !atEnd() && text.charAt(at) == character;
    }

    private static void require(boolean holds) throws Malformed {
        if (!holds) {
            throw new Malformed();
        }
    }

    private void expect(char character) throws Malformed {
        require(nextIs(character));
        at++;
    }

    /// A name: anything in angle brackets, or what comes before a digit, a sign or a comma.
    private String name() throws Malformed {
        if (nextIs('<')) {
            int close = text.indexOf('>', at);
            require(close >= 0);
            String name = text.substring(at + 1, close);
            at = close + 1;
            return name;
        }
        int start = at;
        while (!atEnd() && "0123456789,+-".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private int signedTime() throws Malformed {
        boolean negative = nextIs('-');
        if (negative || nextIs('+')) {
            at++;
        }
        int seconds = number(0, HOURS_MAX) * PosixTimeZone.SECONDS_PER_HOUR;
        if (nextIs(':')) {
            at++;
            seconds += number(0, 59) * 60;
            if (nextIs(':')) {
                at++;
                seconds += number(0, 60);
            }
        }
        return negative ? -seconds : seconds;
    }

    private PosixChange change() throws Malformed {
        PosixChange.Day day = day();
        int second = CHANGE_AT_SECONDS;
        if (nextIs('/')) {
            at++;
            second = signedTime();
        }
        return new PosixChange(day, second);
    }

    private PosixChange.Day day() throws Malformed {
        if (nextIs('J')) {
            at++;
            return new PosixChange.JulianDay(number(1, 365));
        }
        if (!nextIs('M')) {
            return new PosixChange.DayOfYear(number(0, 365));
        }
        at++;
        int month = number(1, 12);
        expect('.');
        int week = number(1, 5);
        expect('.');
        return new PosixChange.WeekdayOfMonth(month, week, number(0, 6));
    }

    private int number(int least, int most) throws Malformed {
        int start = at;
        int value = 0;
        while (!atEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            require(value <= most);
            at++;
        }
        require(at > start && value >= least);
        return value;
    }
}
