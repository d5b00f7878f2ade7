package org.cladedb.functions;

import org.cladedb.types.SqlType;

/// Conversions through the text form of a value.
final class TextConversions {
    private TextConversions() {}

    static ScalarFunction of(SqlType from, SqlType to) {
        return (_, _, _) -> {
            throw Failures.unsupported(
                    "casting from "
                            + from.kind().sqlName()
                            + " to "
                            + to.kind().sqlName()
                            + " is not supported yet");
        };
    }
}
