package org.cladedb.functions;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.types.Datum;

/// The fields of dates and times that `extract`, `date_part` and `date_trunc` know.
enum DateTimeField {
    MICROSECONDS("microseconds microsecond us usec usecs microsecon"),
    MILLISECONDS("milliseconds millisecond ms msec msecs millisecon"),
    SECOND("second seconds sec secs s"),
    MINUTE("minute minutes min mins m"),
    HOUR("hour hours hr hrs h"),
    DAY("day days d"),
    WEEK("week weeks w"),
    MONTH("month months mon mons"),
    QUARTER("quarter qtr"),
    YEAR("year years yr yrs y"),
    DECADE("decade decades dec decs"),
    CENTURY("century centuries cent c"),
    MILLENNIUM("millennium millennia mil mils"),
    EPOCH("epoch"),
    DOW("dow"),
    DOY("doy"),
    ISODOW("isodow"),
    ISOYEAR("isoyear"),
    JULIAN("julian jd j"),
    TIMEZONE("timezone"),
    TIMEZONE_HOUR("timezone_hour timezone_h"),
    TIMEZONE_MINUTE("timezone_minute timezone_m");

    private static final Map<String, DateTimeField> BY_NAME = new HashMap<>();

    static {
        for (DateTimeField field : values()) {
            for (String name : field.names.split(" ", -1)) {
                BY_NAME.put(name, field);
            }
        }
    }

    /// All spellings, the usual one first, separated by blanks.
    private final String names;

    private final String usualName;

    DateTimeField(String names) {
        this.names = names;
        int blank = names.indexOf(' ');
        usualName = blank < 0 ? names : names.substring(0, blank);
    }

    /// The field called so, in any case; `type` is for the error message.
    static DateTimeField of(Datum name, String type) {
        // The usual spelling is found without making a string.
        for (DateTimeField field : FIELDS) {
            if (ByteStrings.equalAscii(name, field.usualName)) {
                return field;
            }
        }
        String text = name.text();
        DateTimeField field = BY_NAME.get(text.toLowerCase(Locale.ROOT));
        if (field == null) {
            throw unrecognized(text, type);
        }
        return field;
    }

    private static DatabaseException unrecognized(String name, String type) {
        return Failures.invalidParameter(
                "unit \"" + name.toLowerCase(Locale.ROOT) + "\" not recognized for type " + type);
    }

    /// The name means something elsewhere, but not to this function.
    DatabaseException unrecognized(String type) {
        return unrecognized(usualName, type);
    }

    private static final DateTimeField[] FIELDS = values();

    DatabaseException unsupported(String type) {
        return Failures.unsupported("unit \"" + usualName + "\" not supported for type " + type);
    }
}
