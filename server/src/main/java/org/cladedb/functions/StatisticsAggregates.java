package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// Variance and standard deviation: exact for integers and numeric, Youngs and Cramer's one-pass
/// method for floats (as PostgreSQL, so that the last digits agree).
final class StatisticsAggregates {
    private StatisticsAggregates() {}

    private record Kind(boolean sample, boolean root) {}

    static void define(Definitions define) {
        defineAll(define, "variance", new Kind(true, false));
        defineAll(define, "var_samp", new Kind(true, false));
        defineAll(define, "var_pop", new Kind(false, false));
        defineAll(define, "stddev", new Kind(true, true));
        defineAll(define, "stddev_samp", new Kind(true, true));
        defineAll(define, "stddev_pop", new Kind(false, true));
    }

    private static void defineAll(Definitions define, String name, Kind kind) {
        for (String type : new String[] {"int2", "int4", "int8"}) {
            define.aggregate(
                    name + "(" + type + ") numeric", (_, _) -> () -> new Exact(kind, true));
        }
        define.aggregate(name + "(numeric) numeric", (_, _) -> () -> new Exact(kind, false));
        for (String type : new String[] {"float4", "float8"}) {
            define.aggregate(name + "(" + type + ") float8", (_, _) -> () -> new Floats(kind));
        }
    }

    private static final class Exact implements Accumulator {
        private final Kind kind;
        private final boolean integers;
        private long count;
        private boolean special;
        private Datum sum = new Datum();
        private Datum squares = new Datum();
        private Datum spare = new Datum();
        private final Datum value = new Datum();
        private final Datum square = new Datum();

        Exact(Kind kind, boolean integers) {
            this.kind = kind;
            this.integers = integers;
            sum.setNumeric(0, 0);
            squares.setNumeric(0, 0);
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            count++;
            if (integers) {
                value.setNumeric(arguments[0].longValue(), 0);
            } else if (Numeric.isSpecial(arguments[0])) {
                special = true;
                return;
            } else {
                value.copyFrom(arguments[0]);
            }
            Numeric.add(sum, value, spare);
            Datum swapped = sum;
            sum = spare;
            spare = swapped;
            Numeric.multiply(value, value, square);
            Numeric.add(squares, square, spare);
            swapped = squares;
            squares = spare;
            spare = swapped;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count <= (kind.sample ? 1 : 0)) {
                out.setNull();
                return;
            }
            if (special) {
                out.setNumeric(NumericSpecial.NAN);
                return;
            }
            BigDecimal rows = BigDecimal.valueOf(count);
            BigDecimal total = sum.numericValue();
            Datum numerator = new Datum();
            numerator.setNumeric(
                    rows.multiply(squares.numericValue())
                            .subtract(LargeDecimals.multiply(total, total)));
            if (Numeric.signum(numerator) <= 0) {
                out.setNumeric(0, 0);
                return;
            }
            Datum denominator = new Datum();
            denominator.setNumeric(
                    rows.multiply(BigDecimal.valueOf(kind.sample ? count - 1 : count)));
            int scale = Numeric.divisionScale(numerator, denominator);
            BigDecimal variance =
                    LargeDecimals.divide(
                            numerator.numericValue(),
                            denominator.numericValue(),
                            scale,
                            RoundingMode.HALF_UP);
            Numeric.set(out, kind.root ? NumericFunctions.squareRoot(variance, scale) : variance);
        }
    }

    private static final class Floats implements Accumulator {
        private final Kind kind;
        private double count;
        private double sum;
        private double squares;

        Floats(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            double value = arguments[0].doubleValue();
            double before = sum;
            count += 1;
            sum += value;
            if (count > 1) {
                double deviation = value * count - sum;
                squares += deviation * deviation / (count * (count - 1));
                if (Double.isInfinite(sum) || Double.isInfinite(squares)) {
                    if (!Double.isInfinite(before) && !Double.isInfinite(value)) {
                        throw Failures.overflow();
                    }
                    squares = Double.NaN;
                }
            } else if (Double.isNaN(value) || Double.isInfinite(value)) {
                squares = Double.NaN;
            }
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (count <= (kind.sample ? 1 : 0)) {
                out.setNull();
                return;
            }
            double variance = squares / (kind.sample ? count - 1 : count);
            out.setDouble(kind.root ? Math.sqrt(variance) : variance);
        }
    }
}
