package org.cladedb.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.SetFunction;
import org.cladedb.session.copy.CopyRowReader;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeContext;

/// The rows of COPY FROM, as a set-returning function that a plan can scan. Read once, by the
/// session's thread.
final class CopySource implements SetFunction.Rows {
    private static final int EXCERPT_BYTES = 100;
    private static final int CHECK_EVERY_ROWS = 1_024;

    private final CopyRowReader reader;
    private final boolean binary;
    private final String table;
    private final List<String> columns;
    private final TypeCodec[] codecs;
    private final TypeContext context;
    private final StatementControl control;
    private int column = -1;
    private long rows;

    CopySource(
            CopyRowReader reader,
            boolean binary,
            String table,
            List<String> columns,
            List<SqlType> types,
            TypeContext context,
            StatementControl control) {
        this.reader = reader;
        this.binary = binary;
        this.table = table;
        this.columns = columns;
        this.codecs = types.stream().map(Codecs::of).toArray(TypeCodec[]::new);
        this.context = context;
        this.control = control;
    }

    @Override
    public boolean next(Datum[] out) {
        column = -1;
        if (++rows % CHECK_EVERY_ROWS == 0) {
            control.check();
        }
        if (!reader.next()) {
            return false;
        }
        int fields = reader.count();
        if (fields > codecs.length) {
            throw new DatabaseException(
                    SqlState.BAD_COPY_FILE_FORMAT, "extra data after last expected column");
        }
        for (int i = 0; i < fields; i++) {
            if (reader.isNull(i)) {
                out[i].setNull();
            } else {
                column = i;
                read(i, out[i]);
            }
        }
        column = -1;
        if (fields < codecs.length) {
            throw new DatabaseException(
                    SqlState.BAD_COPY_FILE_FORMAT,
                    "missing data for column \"%s\"".formatted(columns.get(fields)));
        }
        return true;
    }

    private void read(int field, Datum out) {
        byte[] buffer = reader.buffer();
        int start = reader.start(field);
        int length = reader.length(field);
        if (binary) {
            codecs[field].readBinary(buffer, start, length, context, out);
        } else {
            codecs[field].readText(buffer, start, length, context, out);
        }
    }

    /// Where in the data the rows have come to, for error messages.
    String where() {
        String place = "COPY %s, line %d".formatted(table, reader.line());
        if (column < 0) {
            return place;
        }
        if (binary) {
            return "%s, column %s".formatted(place, columns.get(column));
        }
        int length = Math.min(EXCERPT_BYTES, reader.length(column));
        String excerpt =
                new String(reader.buffer(), reader.start(column), length, StandardCharsets.UTF_8);
        return "%s, column %s: \"%s%s\""
                .formatted(
                        place,
                        columns.get(column),
                        excerpt,
                        length < reader.length(column) ? "..." : "");
    }
}
