package org.cladedb.functions;

import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;

/// Correlation, covariance and linear regression of pairs (y, x): Youngs and Cramer's one-pass
/// method (as PostgreSQL, so that the last digits agree).
final class RegressionAggregates {
    private RegressionAggregates() {}

    /// What is made of the sums.
    private enum Kind {
        COUNT,
        SQUARES_X,
        SQUARES_Y,
        PRODUCTS,
        AVERAGE_X,
        AVERAGE_Y,
        COVARIANCE,
        SAMPLE_COVARIANCE,
        CORRELATION,
        DETERMINATION,
        SLOPE,
        INTERCEPT
    }

    static void define(Definitions define) {
        define.aggregate("regr_count(float8, float8) int8", (_, _) -> () -> new Pairs(Kind.COUNT));
        define(define, "regr_sxx", Kind.SQUARES_X);
        define(define, "regr_syy", Kind.SQUARES_Y);
        define(define, "regr_sxy", Kind.PRODUCTS);
        define(define, "regr_avgx", Kind.AVERAGE_X);
        define(define, "regr_avgy", Kind.AVERAGE_Y);
        define(define, "covar_pop", Kind.COVARIANCE);
        define(define, "covar_samp", Kind.SAMPLE_COVARIANCE);
        define(define, "corr", Kind.CORRELATION);
        define(define, "regr_r2", Kind.DETERMINATION);
        define(define, "regr_slope", Kind.SLOPE);
        define(define, "regr_intercept", Kind.INTERCEPT);
    }

    private static void define(Definitions define, String name, Kind kind) {
        define.aggregate(name + "(float8, float8) float8", (_, _) -> () -> new Pairs(kind));
    }

    private static final class Pairs implements Accumulator {
        private final Kind kind;
        private double count;
        private double sumX;
        private double sumY;
        private double squaresX;
        private double squaresY;
        private double products;

        Pairs(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            double y = arguments[0].doubleValue();
            double x = arguments[1].doubleValue();
            boolean finite =
                    Double.isFinite(x)
                            && Double.isFinite(y)
                            && Double.isFinite(sumX)
                            && Double.isFinite(sumY);
            double before = count;
            count += 1;
            sumX += x;
            sumY += y;
            if (before > 0) {
                double deviationX = x * count - sumX;
                double deviationY = y * count - sumY;
                double scale = 1.0 / (count * before);
                squaresX += deviationX * deviationX * scale;
                squaresY += deviationY * deviationY * scale;
                products += deviationX * deviationY * scale;
                checkOverflow(finite);
            } else {
                if (!Double.isFinite(x)) {
                    squaresX = Double.NaN;
                    products = Double.NaN;
                }
                if (!Double.isFinite(y)) {
                    squaresY = Double.NaN;
                    products = Double.NaN;
                }
            }
        }

        /// Infinity from finite values is an error, from others not a number.
        private void checkOverflow(boolean finite) {
            boolean infinite =
                    Double.isInfinite(sumX)
                            || Double.isInfinite(sumY)
                            || Double.isInfinite(squaresX)
                            || Double.isInfinite(squaresY)
                            || Double.isInfinite(products);
            if (!infinite) {
                return;
            }
            if (finite) {
                throw Failures.overflow();
            }
            squaresX = withoutInfinity(squaresX);
            squaresY = withoutInfinity(squaresY);
            products = withoutInfinity(products);
        }

        private static double withoutInfinity(double value) {
            return Double.isInfinite(value) ? Double.NaN : value;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (kind == Kind.COUNT) {
                out.setLong((long) count);
            } else if (isUndefined()) {
                out.setNull();
            } else {
                out.setDouble(value());
            }
        }

        private boolean isUndefined() {
            return switch (kind) {
                case COUNT -> false;
                case SQUARES_X, SQUARES_Y, PRODUCTS, AVERAGE_X, AVERAGE_Y, COVARIANCE -> count < 1;
                case SAMPLE_COVARIANCE -> count < 2;
                case CORRELATION -> count < 1 || squaresX == 0 || squaresY == 0;
                case DETERMINATION, SLOPE, INTERCEPT -> count < 1 || squaresX == 0;
            };
        }

        private double value() {
            return switch (kind) {
                case COUNT -> count;
                case SQUARES_X -> squaresX;
                case SQUARES_Y -> squaresY;
                case PRODUCTS -> products;
                case AVERAGE_X -> sumX / count;
                case AVERAGE_Y -> sumY / count;
                case COVARIANCE -> products / count;
                case SAMPLE_COVARIANCE -> products / (count - 1);
                case CORRELATION -> products / Math.sqrt(squaresX * squaresY);
                // A horizontal line fits perfectly.
                case DETERMINATION ->
                        squaresY == 0 ? 1 : products * products / (squaresX * squaresY);
                case SLOPE -> products / squaresX;
                case INTERCEPT -> (sumY - sumX * products / squaresX) / count;
            };
        }
    }
}
