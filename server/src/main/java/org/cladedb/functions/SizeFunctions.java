package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// Sizes of relations and databases, and their print forms.
final class SizeFunctions {
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");
    private static final BigInteger BYTES_LIMIT = BigInteger.valueOf(10 * 1024);
    private static final BigInteger ROUNDED_LIMIT = BigInteger.valueOf(20 * 1024 - 1);

    private SizeFunctions() {}

    static void define(Definitions define) {
        for (String name :
                new String[] {
                    "pg_relation_size", "pg_table_size", "pg_total_relation_size", "pg_indexes_size"
                }) {
            define.function(
                    name + "(regclass) int8 volatile",
                    (in, out, context) -> relationSize(in[0], out, context));
        }
        define.function(
                "pg_relation_size(regclass, text) int8 volatile",
                (in, out, context) -> relationSize(in[0], out, context));
        define.function(
                "pg_database_size(name) int8 volatile",
                (in, out, context) -> {
                    PrivilegeFunctions.databaseOid(in[0].text(), context);
                    out.setNull();
                });
        define.function("pg_database_size(oid) int8 volatile", (_, out, _) -> out.setNull());
        define.function("pg_tablespace_size(oid) int8 volatile", (_, out, _) -> out.setNull());
        define.function("pg_tablespace_size(name) int8 volatile", (_, out, _) -> out.setNull());
        define.function(
                "pg_size_pretty(int8) text",
                (in, out, _) -> out.setText(pretty(BigInteger.valueOf(in[0].longValue()))));
        define.function("pg_size_pretty(numeric) text", (in, out, _) -> out.setText(pretty(in[0])));
        define.function(
                "pg_size_bytes(text) int8", (in, out, _) -> out.setLong(bytes(in[0].text())));
    }

    private static void relationSize(Datum relation, Datum out, EvaluationContext context) {
        Long size = context.catalog().relationSize(SystemFunctions.oid(relation));
        if (size == null) {
            out.setNull();
        } else {
            out.setLong(size);
        }
    }

    /// Bytes keep their fraction as long as no larger unit is used.
    private static String pretty(Datum size) {
        NumericSpecial special = size.numericSpecial();
        if (special != null) {
            String name = special == NumericSpecial.NAN ? "NaN" : "Infinity";
            String sign = special == NumericSpecial.NEGATIVE_INFINITY ? "-" : "";
            return sign + name + " " + UNITS.getLast();
        }
        BigDecimal value = size.numericValue();
        return value.abs().compareTo(new BigDecimal(BYTES_LIMIT)) < 0
                ? value.toPlainString() + " " + UNITS.getFirst()
                : pretty(value.toBigInteger());
    }

    /// Ten thousand of a unit are shown before the next one is used; all but bytes are rounded, for
    /// which one more bit is carried along.
    private static String pretty(BigInteger size) {
        BigInteger value = size;
        for (int unit = 0; ; unit++) {
            BigInteger limit = unit == 0 ? BYTES_LIMIT : ROUNDED_LIMIT;
            if (unit == UNITS.size() - 1 || value.abs().compareTo(limit) < 0) {
                if (unit > 0) {
                    value =
                            value.add(BigInteger.valueOf(value.signum() < 0 ? -1 : 1))
                                    .divide(BigInteger.TWO);
                }
                return value + " " + UNITS.get(unit);
            }
            value = value.divide(BigInteger.ONE.shiftLeft(unit == 0 ? 9 : 10));
        }
    }

    private static long bytes(String text) {
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && "+-.0123456789eE".indexOf(trimmed.charAt(end)) >= 0) {
            end++;
        }
        String unit = trimmed.substring(end).strip();
        int index = 0;
        if (!unit.isEmpty()) {
            String lower = unit.toLowerCase(Locale.ROOT);
            index = lower.equals("b") ? 0 : indexOf(lower);
            if (index < 0) {
                throw Failures.invalidParameter("invalid size: \"" + text + "\"")
                        .withDetail("Invalid size unit: \"" + unit + "\".")
                        .withHint(
                                "Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\","
                                        + " \"TB\", and \"PB\".");
            }
        }
        try {
            BigDecimal number = new BigDecimal(trimmed.substring(0, end));
            return number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(10 * index)))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (NumberFormatException exception) {
            throw Failures.invalidParameter("invalid size: \"" + text + "\"");
        } catch (ArithmeticException exception) {
            throw Failures.outOfRange("bigint");
        }
    }

    private static int indexOf(String unit) {
        for (int i = 0; i < UNITS.size(); i++) {
            if (UNITS.get(i).toLowerCase(Locale.ROOT).equals(unit)) {
                return i;
            }
        }
        return -1;
    }
}
