package org.cladedb.functions;

import java.util.List;
import org.cladedb.types.ByteOrder;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;

/// `= <> < <= > >=` of all types that have an order, and of the mixtures PostgreSQL defines.
final class ComparisonOperators {
    private static final List<String> SYMBOLS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final String[] INTEGERS = {"int2", "int4", "int8"};
    private static final String[] FLOATS = {"float4", "float8"};

    /// Types whose order is that of their long.
    private static final String[] LONGS = {
        "bool", "oid", "date", "time", "timestamp", "timestamptz"
    };

    private ComparisonOperators() {}

    /// Orders two values where the session may matter.
    @FunctionalInterface
    interface Order {
        int compare(Datum left, Datum right, EvaluationContext context);
    }

    static void define(Definitions define) {
        for (String left : INTEGERS) {
            for (String right : INTEGERS) {
                defineLongs(define, left, right);
            }
        }
        for (String type : LONGS) {
            defineLongs(define, type, type);
        }
        for (String left : FLOATS) {
            for (String right : FLOATS) {
                defineOrder(
                        define,
                        left,
                        right,
                        (a, b, _) -> compareDoubles(a.doubleValue(), b.doubleValue()));
            }
        }
        defineOrder(define, "numeric", "numeric", (a, b, _) -> Numeric.compare(a, b));
        for (String[] pair :
                new String[][] {
                    {"text", "text"},
                    {"name", "name"},
                    {"name", "text"},
                    {"text", "name"},
                    {"bytea", "bytea"},
                    {"uuid", "uuid"},
                    {"char", "char"}
                }) {
            defineBytes(define, pair[0], pair[1]);
        }
        defineMixedTimes(define);
        defineByType(define);
    }

    private static void defineLongs(Definitions define, String left, String right) {
        String types = "(" + left + "," + right + ") bool";
        define.operator(
                "=" + types,
                (in, out, _) -> out.setBoolean(in[0].longValue() == in[1].longValue()));
        define.operator(
                "<>" + types,
                (in, out, _) -> out.setBoolean(in[0].longValue() != in[1].longValue()));
        define.operator(
                "<" + types, (in, out, _) -> out.setBoolean(in[0].longValue() < in[1].longValue()));
        define.operator(
                "<=" + types,
                (in, out, _) -> out.setBoolean(in[0].longValue() <= in[1].longValue()));
        define.operator(
                ">" + types, (in, out, _) -> out.setBoolean(in[0].longValue() > in[1].longValue()));
        define.operator(
                ">=" + types,
                (in, out, _) -> out.setBoolean(in[0].longValue() >= in[1].longValue()));
    }

    private static void defineBytes(Definitions define, String left, String right) {
        String types = "(" + left + "," + right + ") bool";
        define.operator("=" + types, (in, out, _) -> out.setBoolean(equalBytes(in[0], in[1])));
        define.operator("<>" + types, (in, out, _) -> out.setBoolean(!equalBytes(in[0], in[1])));
        for (String symbol : SYMBOLS.subList(2, SYMBOLS.size())) {
            define.operator(symbol + types, decide(symbol, (a, b, _) -> compareBytes(a, b)));
        }
    }

    private static void defineOrder(Definitions define, String left, String right, Order order) {
        for (String symbol : SYMBOLS) {
            define.operator(symbol + "(" + left + "," + right + ") bool", decide(symbol, order));
        }
    }

    private static void defineMixedTimes(Definitions define) {
        defineBothWays(
                define,
                "date",
                "timestamp",
                (a, b, _) ->
                        Long.compare(Timestamps.fromDateSaturated(a.longValue()), b.longValue()));
        defineBothWays(
                define,
                "date",
                "timestamptz",
                (a, b, context) ->
                        Long.compare(
                                Timestamps.toInstantSaturated(
                                        Timestamps.fromDateSaturated(a.longValue()),
                                        context.types().timeZone()),
                                b.longValue()));
        defineBothWays(
                define,
                "timestamp",
                "timestamptz",
                (a, b, context) ->
                        Long.compare(
                                Timestamps.toInstantSaturated(
                                        a.longValue(), context.types().timeZone()),
                                b.longValue()));
    }

    private static void defineBothWays(Definitions define, String left, String right, Order order) {
        for (String symbol : SYMBOLS) {
            define.operator(
                    symbol + "(" + left + "," + right + ") bool stable", decide(symbol, order));
            define.operator(
                    symbol + "(" + right + "," + left + ") bool stable",
                    decide(symbol, (a, b, context) -> -order.compare(b, a, context)));
        }
    }

    /// Types whose comparators are made per type.
    private static void defineByType(Definitions define) {
        for (String type :
                new String[] {"bpchar", "interval", "oidvector", "jsonb", "anyarray", "record"}) {
            for (String symbol : SYMBOLS) {
                define.boundOperator(
                        symbol + "(" + type + "," + type + ") bool",
                        (types, _) -> decide(symbol, order(types)));
            }
        }
    }

    static Order order(List<SqlType> types) {
        DatumComparator comparator = DatumComparator.of(types.getFirst(), types.get(1));
        return (a, b, _) -> comparator.compare(a, b);
    }

    static ScalarFunction decide(String symbol, Order order) {
        return switch (symbol) {
            case "=" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) == 0);
            case "<>" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) != 0);
            case "<" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) < 0);
            case "<=" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) <= 0);
            case ">" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) > 0);
            case ">=" -> (in, out, c) -> out.setBoolean(order.compare(in[0], in[1], c) >= 0);
            default -> throw new IllegalStateException("no comparison is called " + symbol);
        };
    }

    private static boolean equalBytes(Datum left, Datum right) {
        return ByteOrder.equal(left, right);
    }

    static int compareBytes(Datum left, Datum right) {
        return ByteOrder.compare(left, right);
    }

    /// NaN equals itself and is above everything; the zeros are equal.
    static int compareDoubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }
}
