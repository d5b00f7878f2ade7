package org.cladedb.storage.group;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Text forms of values, for error details and for stored defaults.
final class ValueText {
    private ValueText() {}

    static String of(SqlType type, Datum value) {
        if (value.isNull()) {
            return "null";
        }
        return switch (type.form()) {
            case LONG -> Long.toString(value.longValue());
            case DOUBLE -> Double.toString(value.doubleValue());
            case BYTES -> value.text();
            case NUMERIC, INTERVAL, ARRAY, ROW, NONE -> "?";
        };
    }

    static void read(SqlType type, String text, Datum out) {
        switch (type.form()) {
            case LONG -> out.setLong(Long.parseLong(text));
            case BYTES -> out.setText(text);
            case DOUBLE, NUMERIC, INTERVAL, ARRAY, ROW, NONE ->
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "stored defaults of this type are not supported yet");
        }
    }
}
