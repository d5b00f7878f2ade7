package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What `interval day to minute` and `interval(3)` do to intervals.
///
/// The modifier holds the fractional digits in the low half (0xFFFF for any) and the set of fields
/// in the high half (0x7FFF for all).
final class IntervalModifier {
    static final int ANY_PRECISION = 0xFFFF;
    static final int ALL_FIELDS = 0x7FFF;
    static final int MONTH = 1 << 1;
    static final int YEAR = 1 << 2;
    static final int DAY = 1 << 3;
    static final int HOUR = 1 << 10;
    static final int MINUTE = 1 << 11;
    static final int SECOND = 1 << 12;

    private static final int MONTHS_PER_YEAR = 12;
    private static final int[] FIELDS = {YEAR, MONTH, DAY, HOUR, MINUTE, SECOND};
    private static final List<String> NAMES =
            List.of("year", "month", "day", "hour", "minute", "second");

    private IntervalModifier() {}

    static int fields(int modifier) {
        return modifier < 0 ? ALL_FIELDS : modifier >> 16 & ALL_FIELDS;
    }

    /// The declared fractional digits, or [#ANY_PRECISION].
    static int precision(int modifier) {
        return modifier < 0 ? ANY_PRECISION : modifier & 0xFFFF;
    }

    static void apply(Datum value, int modifier) {
        int months = value.intervalMonths();
        int days = value.intervalDays();
        long micros = value.intervalMicros();
        int fields = fields(modifier);
        if (fields == ALL_FIELDS) {
            value.setInterval(months, days, round(micros, modifier));
        } else if (fields == YEAR) {
            value.setInterval(months / MONTHS_PER_YEAR * MONTHS_PER_YEAR, 0, 0);
        } else if ((fields & (DAY | HOUR | MINUTE | SECOND)) == 0) {
            value.setInterval(months, 0, 0);
        } else if ((fields & SECOND) != 0) {
            value.setInterval(months, days, round(micros, modifier));
        } else if ((fields & MINUTE) != 0) {
            value.setInterval(months, days, micros / MICROS_PER_MINUTE * MICROS_PER_MINUTE);
        } else if ((fields & HOUR) != 0) {
            value.setInterval(months, days, micros / MICROS_PER_HOUR * MICROS_PER_HOUR);
        } else {
            value.setInterval(months, days, 0);
        }
    }

    private static long round(long micros, int modifier) {
        int precision = precision(modifier);
        return precision == ANY_PRECISION ? micros : TypeModifiers.roundMicros(micros, precision);
    }

    /// The set of fields that `day`, `day to second` and the like mean.
    static int parseFields(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        int first = NAMES.indexOf(words[0]);
        int last = words.length == 1 ? first : NAMES.indexOf(words[words.length - 1]);
        boolean monthOnly = first == 0 && last > 1;
        if (first < 0 || last < first || words.length == 2 || words.length > 3 || monthOnly) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE, "invalid INTERVAL type modifier");
        }
        int fields = 0;
        for (int i = first; i <= last; i++) {
            fields |= FIELDS[i];
        }
        return fields;
    }

    /// What follows `interval` when a type with this modifier is shown.
    static String format(int modifier) {
        StringBuilder text = new StringBuilder();
        int fields = fields(modifier);
        if (fields != ALL_FIELDS) {
            String first = null;
            String last = null;
            for (int i = 0; i < FIELDS.length; i++) {
                if ((fields & FIELDS[i]) != 0) {
                    first = first == null ? NAMES.get(i) : first;
                    last = NAMES.get(i);
                }
            }
            text.append(' ').append(first);
            if (last != null && !last.equals(first)) {
                text.append(" to ").append(last);
            }
        }
        int precision = precision(modifier);
        if (precision != ANY_PRECISION) {
            text.append('(').append(precision).append(')');
        }
        return text.toString();
    }
}
