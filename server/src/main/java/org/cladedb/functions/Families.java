package org.cladedb.functions;

/// The list of all families of functions. A new family is a file and a line here.
final class Families {
    private Families() {}

    static void defineAll(Definitions define) {
        IntegerOperators.define(define);
        FloatOperators.define(define);
        NumericOperators.define(define);
        ComparisonOperators.define(define);
    }
}
