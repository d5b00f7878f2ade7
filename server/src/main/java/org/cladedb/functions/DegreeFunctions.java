package org.cladedb.functions;

import java.util.function.DoubleUnaryOperator;

/// Trigonometry in degrees, exact at the angles where people expect it: every result is divided by
/// what the same formula gives at 30, 45 or 60 degrees.
final class DegreeFunctions {
    private static final double SINE_30 = Math.sin(Math.toRadians(30));
    private static final double ONE_MINUS_COSINE_60 = 1 - Math.cos(Math.toRadians(60));
    private static final double ARC_SINE_OF_HALF = Math.asin(0.5);
    private static final double ARC_COSINE_OF_HALF = Math.acos(0.5);
    private static final double ARC_TANGENT_OF_ONE = Math.atan(1);
    private static final double TANGENT_45 = quarterSine(45) / quarterCosine(45);
    private static final double COTANGENT_45 = quarterCosine(45) / quarterSine(45);

    private DegreeFunctions() {}

    static void define(Definitions define) {
        unary(define, "sind", DegreeFunctions::sine);
        unary(define, "cosd", DegreeFunctions::cosine);
        unary(define, "tand", DegreeFunctions::tangent);
        unary(define, "cotd", DegreeFunctions::cotangent);
        unary(define, "asind", value -> arcSine(withinOne(value)));
        unary(define, "acosd", value -> arcCosine(withinOne(value)));
        unary(define, "atand", value -> Math.atan(value) / ARC_TANGENT_OF_ONE * 45);
        define.function(
                "atan2d(float8, float8) float8",
                (in, out, _) ->
                        out.setDouble(
                                Math.atan2(in[0].doubleValue(), in[1].doubleValue())
                                        / ARC_TANGENT_OF_ONE
                                        * 45));
    }

    private static void unary(Definitions define, String name, DoubleUnaryOperator operator) {
        define.function(
                name + "(float8) float8",
                (in, out, _) -> out.setDouble(operator.applyAsDouble(in[0].doubleValue())));
    }

    private static double sine(double degrees) {
        double angle = turn(degrees);
        boolean negative = angle < 0;
        angle = Math.abs(angle);
        if (angle > 180) {
            angle = 360 - angle;
            negative = !negative;
        }
        double result = quarterSine(angle > 90 ? 180 - angle : angle);
        return negative ? -result : result;
    }

    private static double cosine(double degrees) {
        double angle = halfTurn(degrees);
        return angle > 90 ? -quarterCosine(180 - angle) : quarterCosine(angle);
    }

    private static double tangent(double degrees) {
        double angle = folded(degrees);
        return signed(degrees, quarterSine(angle) / quarterCosine(angle) / TANGENT_45);
    }

    private static double cotangent(double degrees) {
        double angle = folded(degrees);
        double size = quarterCosine(angle) / quarterSine(angle) / COTANGENT_45;
        double turned = turn(degrees);
        return turned == 0 ? 1 / turned : signed(degrees, size);
    }

    /// A tangent's size with the sign it has at an angle; zero has none.
    private static double signed(double degrees, double size) {
        double angle = turn(degrees);
        boolean negative = angle < 0;
        angle = Math.abs(angle);
        if (angle > 180) {
            angle = 360 - angle;
            negative = !negative;
        }
        boolean flipped = angle > 90 != negative;
        double result = flipped ? -size : size;
        return result == 0 ? 0 : result;
    }

    private static double turn(double degrees) {
        if (Double.isInfinite(degrees)) {
            throw Failures.inputOutOfRange();
        }
        return degrees % 360;
    }

    /// The angle between 0 and 180 with the same cosine.
    private static double halfTurn(double degrees) {
        double angle = Math.abs(turn(degrees));
        return angle > 180 ? 360 - angle : angle;
    }

    /// The angle between 0 and 90 with the same size of tangent.
    private static double folded(double degrees) {
        double angle = halfTurn(degrees);
        return angle > 90 ? 180 - angle : angle;
    }

    private static double quarterSine(double degrees) {
        return degrees <= 30 ? smallSine(degrees) : largeCosine(90 - degrees);
    }

    private static double quarterCosine(double degrees) {
        return degrees <= 60 ? largeCosine(degrees) : smallSine(90 - degrees);
    }

    private static double smallSine(double degrees) {
        return Math.sin(Math.toRadians(degrees)) / SINE_30 / 2;
    }

    private static double largeCosine(double degrees) {
        return 1 - (1 - Math.cos(Math.toRadians(degrees))) / ONE_MINUS_COSINE_60 / 2;
    }

    private static double arcSine(double value) {
        return value < 0 ? -quarterArcSine(-value) : quarterArcSine(value);
    }

    private static double arcCosine(double value) {
        return value < 0 ? 90 + quarterArcSine(-value) : quarterArcCosine(value);
    }

    private static double quarterArcSine(double value) {
        return value <= 0.5
                ? Math.asin(value) / ARC_SINE_OF_HALF * 30
                : 90 - Math.acos(value) / ARC_COSINE_OF_HALF * 60;
    }

    private static double quarterArcCosine(double value) {
        return value <= 0.5
                ? 90 - Math.asin(value) / ARC_SINE_OF_HALF * 30
                : Math.acos(value) / ARC_COSINE_OF_HALF * 60;
    }

    private static double withinOne(double value) {
        if (value < -1 || value > 1) {
            throw Failures.inputOutOfRange();
        }
        return value;
    }
}
