package org.cladedb.functions;

import org.cladedb.functions.FunctionDefinition.WindowKind;

/// The signatures of the window functions that are no aggregates; execution knows their code.
final class WindowFunctions {
    private WindowFunctions() {}

    static void define(Definitions define) {
        define.window("row_number() int8", WindowKind.ROW_NUMBER);
        define.window("rank() int8", WindowKind.RANK);
        define.window("dense_rank() int8", WindowKind.DENSE_RANK);
        define.window("percent_rank() float8", WindowKind.PERCENT_RANK);
        define.window("cume_dist() float8", WindowKind.CUME_DIST);
        define.window("ntile(int4) int4", WindowKind.NTILE);
        for (WindowKind kind : new WindowKind[] {WindowKind.LAG, WindowKind.LEAD}) {
            String name = kind == WindowKind.LAG ? "lag" : "lead";
            define.window(name + "(anyelement) anyelement", kind);
            define.window(name + "(anyelement, int4) anyelement", kind);
            define.window(name + "(anycompatible, int4, anycompatible) anycompatible", kind);
        }
        define.window("first_value(anyelement) anyelement", WindowKind.FIRST_VALUE);
        define.window("last_value(anyelement) anyelement", WindowKind.LAST_VALUE);
        define.window("nth_value(anyelement, int4) anyelement", WindowKind.NTH_VALUE);
    }
}
