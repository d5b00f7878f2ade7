package org.cladedb.storage.group;

import java.nio.charset.StandardCharsets;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;

/// Text forms of values, for error details and for stored defaults.
final class ValueText {
    private ValueText() {}

    static String of(SqlType type, Datum value) {
        if (value.isNull()) {
            return "null";
        }
        ByteWriter out = new ByteWriter();
        Codecs.of(type).writeText(value, TypeContext.DEFAULT, out);
        return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
    }

    static void read(SqlType type, String text, Datum out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Codecs.of(type).readText(bytes, 0, bytes.length, TypeContext.DEFAULT, out);
    }
}
