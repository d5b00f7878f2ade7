package org.cladedb.functions;

/// `+ - * / %`, signs, bits and shifts of smallint, integer and bigint, in every mixture.
final class IntegerOperators {
    private static final String[] TYPES = {"int2", "int4", "int8"};

    private IntegerOperators() {}

    static void define(Definitions define) {
        for (int left = 0; left < TYPES.length; left++) {
            for (int right = 0; right < TYPES.length; right++) {
                defineArithmetic(define, left, right);
            }
            defineOneType(define, left);
        }
    }

    private static void defineArithmetic(Definitions define, int left, int right) {
        int wider = Math.max(left, right);
        String types = "(" + TYPES[left] + ", " + TYPES[right] + ") " + TYPES[wider];
        if (wider == 2) {
            define.operator(
                    "+" + types,
                    (in, out, _) -> out.setLong(add(in[0].longValue(), in[1].longValue())));
            define.operator(
                    "-" + types,
                    (in, out, _) -> out.setLong(subtract(in[0].longValue(), in[1].longValue())));
            define.operator(
                    "*" + types,
                    (in, out, _) -> out.setLong(multiply(in[0].longValue(), in[1].longValue())));
            define.operator(
                    "/" + types,
                    (in, out, _) -> out.setLong(divide(in[0].longValue(), in[1].longValue())));
        } else if (wider == 1) {
            define.operator(
                    "+" + types,
                    (in, out, _) -> out.setLong(integer(in[0].longValue() + in[1].longValue())));
            define.operator(
                    "-" + types,
                    (in, out, _) -> out.setLong(integer(in[0].longValue() - in[1].longValue())));
            define.operator(
                    "*" + types,
                    (in, out, _) -> out.setLong(integer(in[0].longValue() * in[1].longValue())));
            define.operator(
                    "/" + types,
                    (in, out, _) ->
                            out.setLong(integer(divide(in[0].longValue(), in[1].longValue()))));
        } else {
            define.operator(
                    "+" + types,
                    (in, out, _) -> out.setLong(small(in[0].longValue() + in[1].longValue())));
            define.operator(
                    "-" + types,
                    (in, out, _) -> out.setLong(small(in[0].longValue() - in[1].longValue())));
            define.operator(
                    "*" + types,
                    (in, out, _) -> out.setLong(small(in[0].longValue() * in[1].longValue())));
            define.operator(
                    "/" + types,
                    (in, out, _) ->
                            out.setLong(small(divide(in[0].longValue(), in[1].longValue()))));
        }
    }

    private static void defineOneType(Definitions define, int index) {
        String type = TYPES[index];
        String two = "(" + type + ", " + type + ") " + type;
        String one = "(" + type + ") " + type;
        ScalarFunction modulo =
                (in, out, _) -> out.setLong(modulo(in[0].longValue(), in[1].longValue()));
        define.operator("%" + two, modulo);
        define.function("mod" + two, modulo);
        define.operator(
                "&" + two, (in, out, _) -> out.setLong(in[0].longValue() & in[1].longValue()));
        define.operator(
                "|" + two, (in, out, _) -> out.setLong(in[0].longValue() | in[1].longValue()));
        define.operator(
                "#" + two, (in, out, _) -> out.setLong(in[0].longValue() ^ in[1].longValue()));
        define.operator("~" + one, (in, out, _) -> out.setLong(~in[0].longValue()));
        define.operator("+" + one, (in, out, _) -> out.setLong(in[0].longValue()));
        define.operator("-" + one, negation(index));
        define.operator("@" + one, absolute(index));
        define.function("abs" + one, absolute(index));
        String shift = "(" + type + ", int4) " + type;
        define.operator("<<" + shift, shiftLeft(index));
        define.operator(
                ">>" + shift,
                (in, out, _) ->
                        out.setLong(in[0].longValue() >> (in[1].longValue() & shiftMask(index))));
    }

    private static ScalarFunction negation(int index) {
        return switch (index) {
            case 0 -> (in, out, _) -> out.setLong(small(-in[0].longValue()));
            case 1 -> (in, out, _) -> out.setLong(integer(-in[0].longValue()));
            default -> (in, out, _) -> out.setLong(subtract(0, in[0].longValue()));
        };
    }

    private static ScalarFunction absolute(int index) {
        return switch (index) {
            case 0 -> (in, out, _) -> out.setLong(small(Math.abs(in[0].longValue())));
            case 1 -> (in, out, _) -> out.setLong(integer(Math.abs(in[0].longValue())));
            default ->
                    (in, out, _) -> {
                        long value = in[0].longValue();
                        out.setLong(value < 0 ? subtract(0, value) : value);
                    };
        };
    }

    private static int shiftMask(int index) {
        return index == 2 ? 63 : 31;
    }

    /// The shift happens in 32 bits for the smaller types, as in C; the result wraps.
    private static ScalarFunction shiftLeft(int index) {
        return switch (index) {
            case 0 ->
                    (in, out, _) ->
                            out.setLong(
                                    (short) ((int) in[0].longValue() << (int) in[1].longValue()));
            case 1 ->
                    (in, out, _) -> out.setLong((int) in[0].longValue() << (int) in[1].longValue());
            default -> (in, out, _) -> out.setLong(in[0].longValue() << (int) in[1].longValue());
        };
    }

    static long small(long value) {
        if (value != (short) value) {
            throw Failures.outOfRange("smallint");
        }
        return value;
    }

    static long integer(long value) {
        if (value != (int) value) {
            throw Failures.outOfRange("integer");
        }
        return value;
    }

    static long add(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Failures.outOfRange("bigint");
        }
        return sum;
    }

    static long subtract(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Failures.outOfRange("bigint");
        }
        return difference;
    }

    static long multiply(long left, long right) {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            throw Failures.outOfRange("bigint");
        }
        return product;
    }

    static long divide(long left, long right) {
        if (right == 0) {
            throw Failures.divisionByZero();
        }
        if (right == -1) {
            return subtract(0, left);
        }
        return left / right;
    }

    static long modulo(long left, long right) {
        if (right == 0) {
            throw Failures.divisionByZero();
        }
        return left % right;
    }
}
