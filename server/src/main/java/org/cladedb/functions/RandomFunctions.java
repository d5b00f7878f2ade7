package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.error.DatabaseException;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// Random numbers and their seed.
final class RandomFunctions {
    /// Decimal digits that are chosen together, and how many such groups one number gives.
    private static final int GROUP_DIGITS = 4;

    private static final int GROUPS = 4;
    private static final int GROUP_BASE = 10_000;

    /// What `extra_float_digits` is for six digits instead of fifteen.
    private static final int SIX_DIGITS = -9;

    private RandomFunctions() {}

    static void define(Definitions define) {
        define.function(
                "random() float8 volatile",
                (_, out, context) -> out.setDouble(context.seededRandom().nextDouble()));
        for (String type : new String[] {"int4", "int8"}) {
            define.function(
                    "random(" + type + ", " + type + ") " + type + " volatile",
                    (in, out, context) ->
                            out.setLong(
                                    between(
                                            in[0].longValue(),
                                            in[1].longValue(),
                                            context.seededRandom())));
        }
        define.function("random(numeric, numeric) numeric volatile", RandomFunctions::numeric);
        define.function("random_normal(float8=, float8=) float8 volatile", RandomFunctions::normal);
        define.function("setseed(float8) void volatile", RandomFunctions::setSeed);
    }

    private static void setSeed(Datum[] in, Datum out, EvaluationContext context) {
        double seed = in[0].doubleValue();
        if (!(seed >= -1 && seed <= 1)) {
            throw Failures.invalidParameter(
                    "setseed parameter " + sixDigits(in[0]) + " is out of allowed range [-1,1]");
        }
        context.seededRandom().seed(seed);
        SystemFunctions.setVoid(out);
    }

    /// As C prints it with `%g`.
    private static String sixDigits(Datum value) {
        TypeContext context = TypeContext.DEFAULT;
        ByteWriter out = new ByteWriter();
        Codecs.of(SqlType.DOUBLE)
                .writeText(
                        value,
                        new TypeContext(
                                context.timeZone(),
                                context.dateStyle(),
                                context.intervalStyle(),
                                context.byteaHex(),
                                SIX_DIGITS,
                                context.transactionMicros(),
                                context.names()),
                        out);
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }

    private static void normal(Datum[] in, Datum out, EvaluationContext context) {
        double mean = in.length > 0 ? in[0].doubleValue() : 0;
        double deviation = in.length > 1 ? in[1].doubleValue() : 1;
        out.setDouble(deviation * context.seededRandom().nextNormal() + mean);
    }

    private static DatabaseException wrongOrder() {
        return Failures.invalidParameter("lower bound must be less than or equal to upper bound");
    }

    private static long between(long least, long most, SeededRandom random) {
        if (least > most) {
            throw wrongOrder();
        }
        return least + random.nextUpTo(most - least);
    }

    private static void numeric(Datum[] in, Datum out, EvaluationContext context) {
        requireFinite(in[0], "lower");
        requireFinite(in[1], "upper");
        BigDecimal least = in[0].numericValue();
        BigDecimal length = in[1].numericValue().subtract(least);
        if (length.signum() < 0) {
            throw wrongOrder();
        }
        out.setNumeric(
                length.signum() == 0
                        ? least.setScale(length.scale())
                        : least.add(upTo(length, context.seededRandom())));
    }

    private static void requireFinite(Datum bound, String which) {
        NumericSpecial special = bound.numericSpecial();
        if (special != null) {
            throw Failures.invalidParameter(
                    which
                            + " bound cannot be "
                            + (special == NumericSpecial.NAN ? "NaN" : "infinity"));
        }
    }

    /// From 0 to `most`, with as many digits after the point. The first groups of digits are chosen
    /// up to those of `most`, all others freely; what is too much is chosen again.
    private static BigDecimal upTo(BigDecimal most, SeededRandom random) {
        int scale = most.scale();
        int missing = Math.floorMod(-scale, GROUP_DIGITS);
        int lastUnit = (int) Math.pow(10, missing);
        String digits = most.unscaledValue().toString() + "0".repeat(missing);
        digits = "0".repeat(Math.floorMod(-digits.length(), GROUP_DIGITS)) + digits;
        int groups = digits.length() / GROUP_DIGITS;
        int leading = Math.min(groups, GROUPS);
        long first = Long.parseLong(digits, 0, leading * GROUP_DIGITS, 10);
        BigDecimal result;
        do {
            StringBuilder text = new StringBuilder(digits.length());
            boolean partial = groups == leading && lastUnit != 1;
            append(
                    text,
                    partial ? random.nextUpTo(first / lastUnit) * lastUnit : random.nextUpTo(first),
                    leading);
            int whole = lastUnit == 1 ? groups : groups - 1;
            int at = leading;
            for (; at < whole - (GROUPS - 1); at += GROUPS) {
                Cancellation.check(at);
                appendReversed(text, random.nextUpTo(power(GROUPS) - 1));
            }
            for (; at < whole; at++) {
                append(text, random.nextUpTo(GROUP_BASE - 1), 1);
            }
            if (at < groups) {
                append(text, random.nextUpTo(GROUP_BASE / lastUnit - 1) * lastUnit, 1);
            }
            text.setLength(text.length() - missing);
            BigInteger unscaled = LargeDecimals.parse(text.toString()).unscaledValue();
            result = new BigDecimal(unscaled, scale);
        } while (LargeDecimals.compare(result, most) > 0);
        return result;
    }

    private static long power(int groups) {
        long result = 1;
        for (int i = 0; i < groups; i++) {
            result *= GROUP_BASE;
        }
        return result;
    }

    private static void append(StringBuilder text, long value, int groups) {
        String digits = Long.toString(value);
        text.repeat('0', groups * GROUP_DIGITS - digits.length()).append(digits);
    }

    /// Four groups, the least of them first.
    private static void appendReversed(StringBuilder text, long value) {
        long rest = value;
        for (int i = 0; i < GROUPS; i++) {
            append(text, rest % GROUP_BASE, 1);
            rest /= GROUP_BASE;
        }
    }
}
