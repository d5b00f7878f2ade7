package org.cladedb.functions;

import java.util.List;
import org.cladedb.types.SqlType;

/// The comparisons of rows under the names of their functions.
final class RecordFunctions {
    private static final List<String> NAMES = List.of("eq", "ne", "lt", "le", "gt", "ge");
    private static final List<String> SYMBOLS = List.of("=", "<>", "<", "<=", ">", ">=");

    private RecordFunctions() {}

    static void define(Definitions define) {
        for (int i = 0; i < NAMES.size(); i++) {
            String symbol = SYMBOLS.get(i);
            define.bound(
                    "record_" + NAMES.get(i) + "(record, record) bool",
                    (types, _) ->
                            ComparisonOperators.decide(symbol, ComparisonOperators.order(types)));
        }
        define.bound("btrecordcmp(record, record) int4", (types, _) -> compare(types));
    }

    private static ScalarFunction compare(List<SqlType> types) {
        ComparisonOperators.Order order = ComparisonOperators.order(types);
        return (in, out, context) ->
                out.setLong(Integer.signum(order.compare(in[0], in[1], context)));
    }
}
