package org.cladedb.functions;

/// `+ - * / ^` and signs of real and double precision. A real is a double that a float can hold.
final class FloatOperators {
    private static final String[] MIXED = {
        "(float8, float8) float8", "(float4, float8) float8", "(float8, float4) float8"
    };

    private FloatOperators() {}

    static void define(Definitions define) {
        for (String types : MIXED) {
            define.operator(
                    "+" + types,
                    (in, out, _) -> out.setDouble(add(in[0].doubleValue(), in[1].doubleValue())));
            define.operator(
                    "-" + types,
                    (in, out, _) -> out.setDouble(add(in[0].doubleValue(), -in[1].doubleValue())));
            define.operator(
                    "*" + types,
                    (in, out, _) ->
                            out.setDouble(multiply(in[0].doubleValue(), in[1].doubleValue())));
            define.operator(
                    "/" + types,
                    (in, out, _) ->
                            out.setDouble(divide(in[0].doubleValue(), in[1].doubleValue())));
        }
        defineReal(define);
        for (String type : new String[] {"float4", "float8"}) {
            String one = "(" + type + ") " + type;
            define.operator("+" + one, (in, out, _) -> out.setDouble(in[0].doubleValue()));
            define.operator("-" + one, (in, out, _) -> out.setDouble(-in[0].doubleValue()));
            ScalarFunction absolute = (in, out, _) -> out.setDouble(Math.abs(in[0].doubleValue()));
            define.operator("@" + one, absolute);
            define.function("abs" + one, absolute);
        }
    }

    private static void defineReal(Definitions define) {
        String types = "(float4, float4) float4";
        define.operator(
                "+" + types,
                (in, out, _) -> {
                    double left = in[0].doubleValue();
                    double right = in[1].doubleValue();
                    out.setDouble(finite((float) left + (float) right, left, right));
                });
        define.operator(
                "-" + types,
                (in, out, _) -> {
                    double left = in[0].doubleValue();
                    double right = in[1].doubleValue();
                    out.setDouble(finite((float) left - (float) right, left, right));
                });
        define.operator(
                "*" + types,
                (in, out, _) -> {
                    double left = in[0].doubleValue();
                    double right = in[1].doubleValue();
                    double product = finite((float) left * (float) right, left, right);
                    if (product == 0 && left != 0 && right != 0) {
                        throw Failures.underflow();
                    }
                    out.setDouble(product);
                });
        define.operator(
                "/" + types,
                (in, out, _) -> {
                    double left = in[0].doubleValue();
                    double right = in[1].doubleValue();
                    if (right == 0 && !Double.isNaN(left)) {
                        throw Failures.divisionByZero();
                    }
                    double quotient = finite((float) left / (float) right, left, right);
                    if (quotient == 0 && left != 0 && !Double.isInfinite(right)) {
                        throw Failures.underflow();
                    }
                    out.setDouble(quotient);
                });
    }

    /// Returns `result` unless it became infinite from finite operands.
    static double finite(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw Failures.overflow();
        }
        return result;
    }

    static double add(double left, double right) {
        return finite(left + right, left, right);
    }

    static double multiply(double left, double right) {
        double product = finite(left * right, left, right);
        if (product == 0 && left != 0 && right != 0) {
            throw Failures.underflow();
        }
        return product;
    }

    static double divide(double left, double right) {
        if (right == 0 && !Double.isNaN(left)) {
            throw Failures.divisionByZero();
        }
        double quotient = finite(left / right, left, right);
        if (quotient == 0 && left != 0 && !Double.isInfinite(right)) {
            throw Failures.underflow();
        }
        return quotient;
    }
}
