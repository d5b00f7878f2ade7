package org.cladedb.functions;

/// `+ - * / %` and signs of numeric.
final class NumericOperators {
    private NumericOperators() {}

    static void define(Definitions define) {
        String two = "(numeric, numeric) numeric";
        String one = "(numeric) numeric";
        define.operator("+" + two, (in, out, _) -> Numeric.add(in[0], in[1], out));
        define.operator("-" + two, (in, out, _) -> Numeric.subtract(in[0], in[1], out));
        define.operator("*" + two, (in, out, _) -> Numeric.multiply(in[0], in[1], out));
        define.operator("/" + two, (in, out, _) -> Numeric.divide(in[0], in[1], out));
        define.operator("%" + two, (in, out, _) -> Numeric.modulo(in[0], in[1], out));
        define.function("mod" + two, (in, out, _) -> Numeric.modulo(in[0], in[1], out));
        define.function("div" + two, (in, out, _) -> Numeric.quotient(in[0], in[1], out));
        define.operator("+" + one, (in, out, _) -> out.copyFrom(in[0]));
        define.operator("-" + one, (in, out, _) -> Numeric.negate(in[0], out));
        define.operator("@" + one, (in, out, _) -> Numeric.absolute(in[0], out));
        define.function("abs" + one, (in, out, _) -> Numeric.absolute(in[0], out));
    }
}
