package org.cladedb.functions;

import java.util.EnumMap;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FormatPattern.Calendar;
import org.cladedb.functions.FormatPattern.FieldPart;
import org.cladedb.types.ZoneAbbreviation;
import org.jspecify.annotations.Nullable;

/// What `to_date` and `to_timestamp` read by a template, before it is made a date and a time.
///
/// Zero is as good as nothing, as in PostgreSQL: it is the value of a field that was not read, and
/// may be replaced.
final class TemplateFields {
    /// Several fields of a template may stand for one of these.
    enum Part {
        HOUR,
        MINUTE,
        SECOND,
        SECOND_OF_DAY,
        MILLISECOND,
        MICROSECOND,
        AFTERNOON,
        DAY_OF_WEEK,
        DAY,
        DAY_OF_YEAR,
        MONTH,
        YEAR,
        BEFORE_CHRIST,
        WEEK,
        WEEK_OF_MONTH,
        CENTURY,
        JULIAN_DAY,
        ZONE_HOUR,
        ZONE_MINUTE
    }

    private final Map<Part, Integer> values = new EnumMap<>(Part.class);
    private Calendar calendar = Calendar.ANY;

    /// Whether hours are of the clock with AM and PM.
    boolean twelveHours;

    /// The digits of the field that gave the year.
    int yearDigits;

    /// The digits of the fraction of a second to keep; 0 for all.
    int fractionDigits;

    /// The sign of the zone's hours; 0 when none were read.
    int zoneSign;

    @Nullable ZoneAbbreviation zone;

    int get(Part part) {
        return values.getOrDefault(part, 0);
    }

    boolean has(Part part) {
        return get(part) != 0;
    }

    boolean isIsoWeeks() {
        return calendar == Calendar.ISO_WEEKS;
    }

    /// Replaces what is there.
    void replace(Part part, int value) {
        values.put(part, value);
    }

    /// @throws DatabaseException another value is there
    void set(Part part, int value, FieldPart field) {
        int before = get(part);
        if (before != 0 && before != value) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "conflicting values for \""
                                    + field.spelling()
                                    + "\" field in formatting string")
                    .withDetail(
                            "This value contradicts a previous setting for the same field type.");
        }
        values.put(part, value);
    }

    /// @throws DatabaseException the field is of the other calendar than those before
    void requireCalendar(Calendar required) {
        if (required == Calendar.ANY) {
            return;
        }
        if (calendar != Calendar.ANY && calendar != required) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid combination of date conventions")
                    .withHint(
                            "Do not mix Gregorian and ISO week date conventions in a formatting"
                                    + " template.");
        }
        calendar = required;
    }
}
