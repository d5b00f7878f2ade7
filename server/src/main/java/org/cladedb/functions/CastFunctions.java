package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.Intervals;
import org.cladedb.types.NumericSpecial;
import org.cladedb.types.SingleByteCodec;
import org.cladedb.types.TypeKind;

/// The conversions that PostgreSQL does by a function of the two types.
final class CastFunctions {
    private static final int NAME_BYTES_MAX = 63;
    private static final long OID_MASK = 0xFFFF_FFFFL;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] LATIN = new byte[256][];

    static {
        for (int i = 0; i < LATIN.length; i++) {
            LATIN[i] = new byte[] {(byte) i};
        }
    }

    private CastFunctions() {}

    static ScalarFunction of(TypeKind from, TypeKind to) {
        return switch (from) {
            case BOOLEAN -> ofBoolean(to);
            case SMALLINT, INTEGER, BIGINT -> ofInteger(from, to);
            case REAL, DOUBLE -> ofFloat(from, to);
            case NUMERIC -> ofNumeric(to);
            case TEXT, VARCHAR, BPCHAR, NAME, CHAR -> ofText(from, to);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> ofTime(from, to);
            case JSONB -> JsonbCasts.of(to);
            case OID, REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGNAMESPACE, REGROLE ->
                    (in, out, _) -> out.setLong(in[0].longValue() << 32 >> 32);
            default -> throw missing(from, to);
        };
    }

    private static IllegalStateException missing(TypeKind from, TypeKind to) {
        return new IllegalStateException("no conversion from " + from + " to " + to);
    }

    private static ScalarFunction ofBoolean(TypeKind to) {
        return to == TypeKind.INTEGER
                ? (in, out, _) -> out.setLong(in[0].longValue())
                : (in, out, _) -> out.setBytes(in[0].booleanValue() ? TRUE : FALSE);
    }

    private static ScalarFunction ofInteger(TypeKind from, TypeKind to) {
        return switch (to) {
            case BOOLEAN -> (in, out, _) -> out.setBoolean(in[0].longValue() != 0);
            case CHAR ->
                    (in, out, _) -> {
                        long value = in[0].longValue();
                        if (value < Byte.MIN_VALUE || value > Byte.MAX_VALUE) {
                            throw Failures.outOfRange("\"char\"");
                        }
                        // No byte stands for a zero one.
                        out.setBytes(value == 0 ? new byte[0] : LATIN[(int) value & 0xFF]);
                    };
            case SMALLINT -> (in, out, _) -> out.setLong(IntegerOperators.small(in[0].longValue()));
            case INTEGER ->
                    (in, out, _) -> out.setLong(IntegerOperators.integer(in[0].longValue()));
            case REAL -> (in, out, _) -> out.setDouble((float) in[0].longValue());
            case DOUBLE -> (in, out, _) -> out.setDouble((double) in[0].longValue());
            case NUMERIC -> (in, out, _) -> out.setNumeric(in[0].longValue(), 0);
            case OID, REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGNAMESPACE, REGROLE ->
                    from == TypeKind.BIGINT
                            ? (in, out, _) -> {
                                if ((in[0].longValue() & ~OID_MASK) != 0) {
                                    throw Failures.outOfRange("OID");
                                }
                                out.setLong(in[0].longValue());
                            }
                            : (in, out, _) -> out.setLong(in[0].longValue() & OID_MASK);
            default -> throw missing(from, to);
        };
    }

    private static ScalarFunction ofFloat(TypeKind from, TypeKind to) {
        return switch (to) {
            case SMALLINT ->
                    (in, out, _) ->
                            out.setLong(whole(in[0], Short.MIN_VALUE, Short.MAX_VALUE, "smallint"));
            case INTEGER ->
                    (in, out, _) ->
                            out.setLong(
                                    whole(in[0], Integer.MIN_VALUE, Integer.MAX_VALUE, "integer"));
            case BIGINT -> (in, out, _) -> out.setLong(wholeLong(in[0]));
            case DOUBLE -> (in, out, _) -> out.setDouble(in[0].doubleValue());
            case REAL -> (in, out, _) -> out.setDouble(toReal(in[0].doubleValue()));
            case NUMERIC -> {
                MathContext digits =
                        new MathContext(from == TypeKind.REAL ? 6 : 15, RoundingMode.HALF_EVEN);
                yield (in, out, _) -> toNumeric(in[0].doubleValue(), digits, out);
            }
            default -> throw missing(from, to);
        };
    }

    private static long whole(Datum value, long least, long most, String what) {
        double rounded = Math.rint(value.doubleValue());
        if (!(rounded >= least && rounded <= most)) {
            throw Failures.outOfRange(what);
        }
        return (long) rounded;
    }

    private static long wholeLong(Datum value) {
        double rounded = Math.rint(value.doubleValue());
        // The bounds are -2^63 and, exclusively, 2^63: doubles both.
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw Failures.outOfRange("bigint");
        }
        return (long) rounded;
    }

    static double toReal(double value) {
        float real = (float) value;
        if (Float.isInfinite(real) && !Double.isInfinite(value)) {
            throw Failures.overflow();
        }
        if (real == 0 && value != 0) {
            throw Failures.underflow();
        }
        return real;
    }

    /// Keeps as many significant digits as the binary type surely has.
    static void toNumeric(double value, MathContext digits, Datum out) {
        if (Double.isNaN(value)) {
            out.setNumeric(NumericSpecial.NAN);
        } else if (Double.isInfinite(value)) {
            out.setNumeric(
                    value > 0
                            ? NumericSpecial.POSITIVE_INFINITY
                            : NumericSpecial.NEGATIVE_INFINITY);
        } else {
            BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
            out.setNumeric(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
        }
    }

    private static ScalarFunction ofNumeric(TypeKind to) {
        return switch (to) {
            case SMALLINT ->
                    (in, out, _) ->
                            out.setLong(
                                    Numeric.toLong(
                                            in[0], Short.MIN_VALUE, Short.MAX_VALUE, "smallint"));
            case INTEGER ->
                    (in, out, _) ->
                            out.setLong(
                                    Numeric.toLong(
                                            in[0],
                                            Integer.MIN_VALUE,
                                            Integer.MAX_VALUE,
                                            "integer"));
            case BIGINT ->
                    (in, out, _) ->
                            out.setLong(
                                    Numeric.toLong(
                                            in[0], Long.MIN_VALUE, Long.MAX_VALUE, "bigint"));
            case REAL ->
                    (in, out, _) -> {
                        NumericSpecial special = in[0].numericSpecial();
                        float value =
                                special == null
                                        ? in[0].numericValue().floatValue()
                                        : (float) ofSpecial(special);
                        if (special == null
                                && (Float.isInfinite(value)
                                        || (value == 0 && in[0].numericValue().signum() != 0))) {
                            throw tooLarge(in[0], "real");
                        }
                        out.setDouble(value);
                    };
            case DOUBLE -> (in, out, _) -> out.setDouble(toDouble(in[0]));
            default -> throw missing(TypeKind.NUMERIC, to);
        };
    }

    static double toDouble(Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            return ofSpecial(special);
        }
        if (value.isSmallNumeric()
                && value.numericScale() <= 18
                && Math.abs(value.longValue()) < 1L << 53) {
            // Both are exact as doubles, so that the quotient is rounded once.
            return (double) value.longValue() / Numeric.powerOfTen(value.numericScale());
        }
        double result = LargeDecimals.toDouble(value.numericValue());
        if (Double.isInfinite(result) || (result == 0 && value.numericValue().signum() != 0)) {
            throw tooLarge(value, "double precision");
        }
        return result;
    }

    private static double ofSpecial(NumericSpecial special) {
        return switch (special) {
            case NAN -> Double.NaN;
            case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
        };
    }

    private static DatabaseException tooLarge(Datum value, String type) {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                "\""
                        + LargeDecimals.toPlainString(value.numericValue())
                        + "\" is out of range for type "
                        + type);
    }

    private static ScalarFunction ofText(TypeKind from, TypeKind to) {
        if (from == TypeKind.CHAR && to == TypeKind.INTEGER) {
            return (in, out, _) ->
                    out.setLong(in[0].length() == 0 ? 0 : in[0].bytes()[in[0].offset()]);
        }
        if (from == TypeKind.CHAR && to != TypeKind.CHAR && to != TypeKind.BPCHAR) {
            return (in, out, _) -> SingleByteCodec.print(in[0], out);
        }
        if (to == TypeKind.NAME) {
            return (in, out, _) -> toName(in[0], from == TypeKind.BPCHAR, out);
        }
        if (to == TypeKind.CHAR) {
            return (in, out, _) ->
                    out.setBytes(in[0].bytes(), in[0].offset(), Math.min(1, in[0].length()));
        }
        if (from == TypeKind.BPCHAR) {
            return (in, out, _) ->
                    out.setBytes(in[0].bytes(), in[0].offset(), lengthWithoutBlanks(in[0]));
        }
        return (in, out, _) -> out.copyFrom(in[0]);
    }

    static int lengthWithoutBlanks(Datum value) {
        int end = value.length();
        while (end > 0 && value.bytes()[value.offset() + end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static void toName(Datum value, boolean blankPadded, Datum out) {
        int length = blankPadded ? lengthWithoutBlanks(value) : value.length();
        if (length > NAME_BYTES_MAX) {
            length = NAME_BYTES_MAX;
            while (Utf8.isContinuation(value.bytes()[value.offset() + length])) {
                length--;
            }
        }
        out.setBytes(value.bytes(), value.offset(), length);
    }

    private static ScalarFunction ofTime(TypeKind from, TypeKind to) {
        return switch (to) {
            case DATE ->
                    from == TypeKind.TIMESTAMP
                            ? (in, out, _) -> out.setLong(Timestamps.toDate(in[0].longValue()))
                            : (in, out, context) ->
                                    out.setLong(
                                            Timestamps.toDate(local(in[0].longValue(), context)));
            case TIME -> toTime(from);
            case TIMESTAMP ->
                    from == TypeKind.DATE
                            ? (in, out, _) -> out.setLong(Timestamps.fromDate(in[0].longValue()))
                            : (in, out, context) -> out.setLong(local(in[0].longValue(), context));
            case TIMESTAMPTZ ->
                    from == TypeKind.DATE
                            ? (in, out, context) ->
                                    out.setLong(
                                            instant(
                                                    Timestamps.fromDate(in[0].longValue()),
                                                    context))
                            : (in, out, context) ->
                                    out.setLong(instant(in[0].longValue(), context));
            case INTERVAL -> (in, out, _) -> out.setInterval(0, 0, in[0].longValue());
            default -> throw missing(from, to);
        };
    }

    private static ScalarFunction toTime(TypeKind from) {
        return switch (from) {
            case INTERVAL ->
                    (in, out, _) ->
                            out.setLong(
                                    Math.floorMod(
                                            in[0].intervalMicros(), Intervals.MICROS_PER_DAY));
            case TIMESTAMP -> (in, out, _) -> timeOfDay(in[0].longValue(), out);
            default -> (in, out, context) -> timeOfDay(local(in[0].longValue(), context), out);
        };
    }

    private static void timeOfDay(long timestamp, Datum out) {
        if (Timestamps.isInfinite(timestamp)) {
            out.setNull();
        } else {
            out.setLong(Timestamps.timeOfDay(timestamp));
        }
    }

    private static long local(long instant, EvaluationContext context) {
        return Timestamps.toLocal(instant, context.types().timeZone());
    }

    private static long instant(long local, EvaluationContext context) {
        return Timestamps.toInstant(local, context.types().timeZone());
    }
}
