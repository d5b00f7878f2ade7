package org.cladedb.exec;

import org.cladedb.types.ArrayValue;
import org.cladedb.types.JsonText;
import org.cladedb.types.JsonWriter;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// How nested results are written as JSON: byte for byte as PostgreSQL's `json_agg` writes rows.
final class NestedJson {
    static final byte[] EMPTY_ARRAY = {'[', ']'};

    /// What `json_agg` puts between rows.
    static final byte[] ROW_SEPARATOR = {',', ' ', '\n', ' '};

    /// PostgreSQL's limit for one field value.
    static final int BYTES_MAX = (1 << 30) - 1;

    private NestedJson() {}

    /// Whether values of this type are nested results: JSON text in the cell rather than an array
    /// object.
    static boolean isNested(SqlType type) {
        return type instanceof SqlType.Array array && array.element() instanceof SqlType.Row;
    }

    /// A writer for any type; nested results are JSON text already.
    static JsonWriter writerFor(SqlType type, TypeContext context) {
        JsonWriter general = JsonText.writerFor(type, context);
        if (!isNested(type)) {
            return general;
        }
        return (value, out) -> {
            if (value.isNull() || value.object() instanceof ArrayValue) {
                general.write(value, out);
            } else {
                out.writeBytes(value.bytes(), value.offset(), value.length());
            }
        };
    }
}
