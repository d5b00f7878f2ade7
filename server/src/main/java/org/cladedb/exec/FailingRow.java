package org.cladedb.exec;

import java.nio.charset.StandardCharsets;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;

/// Describes a row that a constraint refused, as PostgreSQL's error details do.
final class FailingRow {
    /// Longer values are cut, as PostgreSQL does.
    private static final int VALUE_BYTES_MAX = 64;

    private FailingRow() {}

    /// `Failing row contains (1, abc, null).`
    static String describe(Table table, Datum[] cells, TypeContext context) {
        StringBuilder text = new StringBuilder("Failing row contains (");
        String separator = "";
        for (Column column : table.columns()) {
            if (!column.dropped()) {
                text.append(separator);
                append(text, column, cells[column.number() - 1], context);
                separator = ", ";
            }
        }
        return text.append(").").toString();
    }

    private static void append(
            StringBuilder text, Column column, Datum value, TypeContext context) {
        if (value.isNull()) {
            text.append("null");
            return;
        }
        ByteWriter out = new ByteWriter();
        Codecs.of(column.type()).writeText(value, context, out);
        int length = cut(out.array(), out.size());
        text.append(new String(out.array(), 0, length, StandardCharsets.UTF_8));
        if (length < out.size()) {
            text.append("...");
        }
    }

    /// The length to keep: at most the maximum, and no part of a character.
    private static int cut(byte[] utf8, int length) {
        if (length <= VALUE_BYTES_MAX) {
            return length;
        }
        int end = VALUE_BYTES_MAX;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
