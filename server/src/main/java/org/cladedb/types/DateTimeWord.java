package org.cladedb.types;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A word that means something in dates and times.
///
/// @param value month, hour shift or offset in seconds, by kind
record DateTimeWord(Kind kind, int value) {
    enum Kind {
        NOW,
        TODAY,
        TOMORROW,
        YESTERDAY,
        ALLBALLS,
        EPOCH,
        INFINITY,
        NEGATIVE_INFINITY,
        MONTH,
        DAY_OF_WEEK,
        AM,
        PM,
        AD,
        BC,
        DAYLIGHT_MODIFIER,
        IGNORED,
        ISO_TIME,
        /// Labels of the number that follows.
        YEAR_LABEL,
        MONTH_LABEL,
        DAY_LABEL,
        HOUR_LABEL,
        MINUTE_LABEL,
        SECOND_LABEL,
        JULIAN_LABEL,
        OTHER_LABEL
    }

    /// Longer words count by their first letters only.
    private static final int SIGNIFICANT_LETTERS = 10;

    private static final int SECONDS_PER_MINUTE = 60;
    private static final Map<String, DateTimeWord> WORDS = new HashMap<>();

    static {
        String[] months = {
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december"
        };
        for (int i = 0; i < months.length; i++) {
            put(Kind.MONTH, i + 1, months[i], months[i].substring(0, 3));
        }
        put(Kind.MONTH, 9, "sept");
        String[] days = {
            "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"
        };
        for (int i = 0; i < days.length; i++) {
            put(Kind.DAY_OF_WEEK, i, days[i], days[i].substring(0, 3));
        }
        put(Kind.DAY_OF_WEEK, 0, "tues", "weds", "thur", "thurs");
        put(Kind.NOW, 0, "now");
        put(Kind.TODAY, 0, "today");
        put(Kind.TOMORROW, 0, "tomorrow");
        put(Kind.YESTERDAY, 0, "yesterday");
        put(Kind.ALLBALLS, 0, "allballs");
        put(Kind.EPOCH, 0, "epoch");
        put(Kind.INFINITY, 0, "infinity", "+infinity");
        put(Kind.NEGATIVE_INFINITY, 0, "-infinity");
        put(Kind.AM, 0, "am");
        put(Kind.PM, 0, "pm");
        put(Kind.AD, 0, "ad");
        put(Kind.BC, 0, "bc");
        put(Kind.DAYLIGHT_MODIFIER, 60 * SECONDS_PER_MINUTE, "dst");
        put(Kind.IGNORED, 0, "at", "on");
        put(Kind.ISO_TIME, 0, "t");
        put(Kind.YEAR_LABEL, 0, "y");
        put(Kind.MONTH_LABEL, 0, "m");
        put(Kind.DAY_LABEL, 0, "d");
        put(Kind.HOUR_LABEL, 0, "h");
        put(Kind.MINUTE_LABEL, 0, "mm");
        put(Kind.SECOND_LABEL, 0, "s");
        put(Kind.JULIAN_LABEL, 0, "j", "jd", "julian");
        put(Kind.OTHER_LABEL, 0, "dow", "doy", "isodow", "isoyear");
    }

    private static void put(Kind kind, int value, String... names) {
        for (String name : names) {
            WORDS.put(name, new DateTimeWord(kind, value));
        }
    }

    /// The word's meaning, null when it has none. `word` is in lower case.
    static @Nullable DateTimeWord of(String word) {
        return WORDS.get(
                word.length() > SIGNIFICANT_LETTERS
                        ? word.substring(0, SIGNIFICANT_LETTERS)
                        : word);
    }
}
