package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FIELD_RANGE;
import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.DateTimeProblem.Kind.MONTH_DAY_RANGE;

import java.util.ArrayList;
import java.util.List;

/// The date that a [DateTimeParser] has found so far.
final class DateParts {
    private static final int TWO_DIGIT_PIVOT = 70;
    private static final int SHORT_LENGTH = 6;
    private static final int CENTURY = 100;
    private static final int JULIAN_OF_2000 = 2_451_545;
    private static final int DAYS_PER_YEAR_MAX = 366;

    private final TypeContext.DateStyle style;
    int year;
    int month;
    int day;
    private int dayOfYear;
    private boolean twoDigits;
    private boolean julian;
    boolean beforeChrist;

    DateParts(TypeContext.DateStyle style) {
        this.style = style;
    }

    int setYear(int value) {
        year = value;
        return DateTimePart.YEAR;
    }

    int setMonth(int value) {
        month = value;
        return DateTimePart.MONTH;
    }

    int setDay(int value) {
        day = value;
        return DateTimePart.DAY;
    }

    void setDays(long days) {
        long civil = CivilDate.ofDays(days);
        year = CivilDate.year(civil);
        month = CivilDate.month(civil);
        day = CivilDate.day(civil);
    }

    void setJulian(int value) {
        setDays((long) value - JULIAN_OF_2000);
        // Its year may be before Christ already.
        julian = true;
    }

    void setRunTogether(String digits) {
        int length = digits.length();
        day = DateTimeNumbers.parse(digits, length - 2, length);
        month = DateTimeNumbers.parse(digits, length - 4, length - 2);
        year = DateTimeNumbers.parse(digits, 0, length - 4);
        twoDigits = length == SHORT_LENGTH;
    }

    /// A date with separators, perhaps with the month as a word.
    int parse(String text, int before) {
        int seenHere = 0;
        boolean word = false;
        String[] pieces = split(text);
        for (int i = 0; i < pieces.length; i++) {
            if (!DateTimeFields.isLetter(pieces[i].charAt(0))) {
                continue;
            }
            DateTimeWord meaning = DateTimeWord.of(pieces[i]);
            if (meaning != null && meaning.kind() == DateTimeWord.Kind.IGNORED) {
                pieces[i] = "";
                continue;
            }
            if (meaning == null
                    || meaning.kind() != DateTimeWord.Kind.MONTH
                    || ((before | seenHere) & DateTimePart.MONTH) != 0) {
                throw new DateTimeProblem(FORMAT);
            }
            seenHere |= setMonth(meaning.value());
            word = true;
            pieces[i] = "";
        }
        for (String piece : pieces) {
            if (piece.isEmpty()) {
                continue;
            }
            int found = number(piece, before | seenHere, word);
            if (((before | seenHere) & found) != 0) {
                throw new DateTimeProblem(FORMAT);
            }
            seenHere |= found;
        }
        int all = before | seenHere;
        if ((all & ~(DateTimePart.DAY_OF_YEAR | DateTimePart.ZONE)) != DateTimePart.DATE) {
            throw new DateTimeProblem(FORMAT);
        }
        return seenHere;
    }

    private static String[] split(String text) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            while (at < text.length() && !isAlphanumeric(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                throw new DateTimeProblem(FORMAT);
            }
            int start = at;
            if (DateTimeFields.isDigit(text.charAt(at))) {
                at = DateTimeNumbers.digitsEnd(text, at);
            } else {
                while (at < text.length() && DateTimeFields.isLetter(text.charAt(at))) {
                    at++;
                }
            }
            pieces.add(text.substring(start, at));
            // One character between pieces is dropped, whatever it is.
            at++;
        }
        return pieces.toArray(String[]::new);
    }

    private static boolean isAlphanumeric(char character) {
        return DateTimeFields.isDigit(character) || DateTimeFields.isLetter(character);
    }

    /// One number of a date: what it is follows from what is there and from the date order.
    int number(String text, int before, boolean word) {
        int digits = DateTimeNumbers.digitsEnd(text, 0);
        int value = DateTimeNumbers.parse(text, 0, digits);
        if (digits < text.length()) {
            DateTimeNumbers.millionths(text.substring(digits));
        }
        int length = text.length();
        int have = before & DateTimePart.DATE;
        if (length == 3 && have == DateTimePart.YEAR && value >= 1 && value <= DAYS_PER_YEAR_MAX) {
            dayOfYear = value;
            return DateTimePart.DAY_OF_YEAR | DateTimePart.MONTH | DateTimePart.DAY;
        }
        boolean longOrYearFirst = length >= 3 || style == TypeContext.DateStyle.ISO_YMD;
        return switch (have) {
            case 0 -> {
                if (longOrYearFirst) {
                    yield yearOf(value, length);
                }
                yield style == TypeContext.DateStyle.ISO_DMY ? setDay(value) : setMonth(value);
            }
            case DateTimePart.YEAR, DateTimePart.DAY -> setMonth(value);
            case DateTimePart.MONTH ->
                    word && longOrYearFirst ? yearOf(value, length) : setDay(value);
            case DateTimePart.YEAR | DateTimePart.MONTH -> {
                if (word && length >= 3 && twoDigits) {
                    day = year;
                    year = value;
                    twoDigits = false;
                    yield DateTimePart.DAY;
                }
                yield setDay(value);
            }
            case DateTimePart.MONTH | DateTimePart.DAY -> yearOf(value, length);
            default -> throw new DateTimeProblem(FORMAT);
        };
    }

    private int yearOf(int value, int length) {
        twoDigits = length <= 2;
        return setYear(value);
    }

    void validate(int seen) {
        if ((seen & DateTimePart.YEAR) != 0 && !julian) {
            adjustYear();
        }
        if ((seen & DateTimePart.DAY_OF_YEAR) != 0) {
            setDays(CivilDate.toDays(year, 1, 1) + dayOfYear - 1);
        }
        if ((seen & DateTimePart.MONTH) != 0 && (month < 1 || month > 12)) {
            throw new DateTimeProblem(MONTH_DAY_RANGE);
        }
        if ((seen & DateTimePart.DAY) != 0 && (day < 1 || day > 31)) {
            throw new DateTimeProblem(MONTH_DAY_RANGE);
        }
        if ((seen & DateTimePart.DATE) == DateTimePart.DATE
                && day > CivilDate.daysInMonth(year, month)) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    private void adjustYear() {
        if (beforeChrist) {
            if (year <= 0) {
                throw new DateTimeProblem(FIELD_RANGE);
            }
            year = 1 - year;
        } else if (twoDigits) {
            if (year < TWO_DIGIT_PIVOT) {
                year += 2000;
            } else if (year < CENTURY) {
                year += 1900;
            }
        } else if (year <= 0) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }
}
