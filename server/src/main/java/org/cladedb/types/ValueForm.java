package org.cladedb.types;

/// Where in a [Datum] the values of a type are.
public enum ValueForm {
    /// [Datum#longValue()]: booleans (0, 1), integers, OIDs, dates (days since 2000-01-01), times
    /// (microseconds of the day), timestamps (microseconds since 2000-01-01 00:00; `Long.MAX_VALUE`
    /// and `MIN_VALUE` are infinity and -infinity; dates use `Integer.MAX_VALUE` and `MIN_VALUE`).
    LONG,
    /// [Datum#doubleValue()]: real and double precision.
    DOUBLE,
    /// [Datum#bytes()] from [Datum#offset()] for [Datum#length()]: text in UTF-8, bytea, uuid (16
    /// bytes), json and jsonb (as text).
    BYTES,
    /// A decimal: see [Datum#setNumeric(long, int)].
    NUMERIC,
    /// Months, days, microseconds: see [Datum#setInterval(int, int, long)].
    INTERVAL,
    /// [Datum#object()] is an [ArrayValue].
    ARRAY,
    /// [Datum#object()] is a [RowValue].
    ROW,
    /// No values but NULL.
    NONE
}
