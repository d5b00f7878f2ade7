package org.cladedb.types;

import static java.util.stream.Collectors.joining;

/// Exact comparison and printing of values in tests.
public final class Values {
    private Values() {}

    /// A text that is the same for identical values only (1.0 and 1.00 differ).
    public static String show(SqlType type, Datum value) {
        if (value.isNull()) {
            return "NULL";
        }
        return switch (type.form()) {
            case LONG -> Long.toString(value.longValue());
            case DOUBLE -> Double.toString(value.doubleValue());
            case BYTES -> java.util.HexFormat.of().formatHex(value.copyBytes());
            case NUMERIC ->
                    value.numericSpecial() == null
                            ? value.numericValue().unscaledValue()
                                    + "/"
                                    + value.numericValue().scale()
                            : value.numericSpecial().name();
            case INTERVAL ->
                    value.intervalMonths()
                            + "m"
                            + value.intervalDays()
                            + "d"
                            + value.intervalMicros();
            case ARRAY ->
                    value.arrayValue().dimensions()
                            + "@"
                            + value.arrayValue().lowerBounds()
                            + value.arrayValue().elements().stream()
                                    .map(e -> show(value.arrayValue().elementType(), e))
                                    .collect(joining(",", "{", "}"));
            case ROW -> {
                StringBuilder text = new StringBuilder("(");
                RowValue row = value.rowValue();
                for (int i = 0; i < row.values().size(); i++) {
                    text.append(show(row.type().fields().get(i).type(), row.values().get(i)))
                            .append(';');
                }
                yield text.append(")").toString();
            }
            case NONE -> "none";
        };
    }
}
