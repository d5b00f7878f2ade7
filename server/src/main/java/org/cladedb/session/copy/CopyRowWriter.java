package org.cladedb.session.copy;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// Writes rows in a format of COPY: `begin`, rows, `end`. Owned by one thread.
public sealed interface CopyRowWriter permits LineRowWriter, BinaryRowWriter {
    static CopyRowWriter of(
            CopyFormat format, List<String> names, List<SqlType> types, TypeContext context) {
        return switch (format.kind()) {
            case TEXT, CSV -> new LineRowWriter(format, names, types, context);
            case BINARY -> new BinaryRowWriter(types, context);
        };
    }

    /// Sends what comes before the rows, such as the line with the column names.
    void begin(CopyOutput output);

    void row(Datum[] cells, CopyOutput output);

    /// Sends what comes after the rows.
    void end(CopyOutput output);
}
