package org.cladedb.functions;

import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.ObjectNameInput;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeKind;

/// Conversions through the text form of a value.
final class TextConversions {
    private TextConversions() {}

    /// From a string (or an unknown literal) to anything, and from anything to a string. Modifiers
    /// are left to the caller, except that intervals take theirs while they are read.
    static ScalarFunction of(SqlType from, SqlType to) {
        boolean fromText =
                from.kind() == TypeKind.UNKNOWN
                        || (!from.isArray() && from.kind().category() == 'S');
        if (fromText) {
            return to.isArray() || to.kind().category() != 'S' ? reader(to) : copier();
        }
        // The bytes of a json value are its text.
        return to.kind() == TypeKind.JSONB ? reader(to) : writer(from);
    }

    static ScalarFunction reader(SqlType to) {
        if (to.kind() == TypeKind.REGCLASS) {
            // A text, unlike a literal, is always a name.
            return (in, out, context) ->
                    ObjectNameInput.readRelation(in[0].text(), context.types(), out);
        }
        TypeCodec codec = Codecs.of(to.kind() == TypeKind.INTERVAL ? to : to.withoutModifier());
        return (in, out, context) ->
                codec.readText(in[0].bytes(), in[0].offset(), in[0].length(), context.types(), out);
    }

    /// Writes the text form into a buffer that the next call reuses.
    static ScalarFunction writer(SqlType from) {
        TypeCodec codec = Codecs.of(from);
        ByteWriter buffer = new ByteWriter();
        return (in, out, context) -> {
            buffer.clear();
            codec.writeText(in[0], context.types(), buffer);
            out.setBytes(buffer.array(), 0, buffer.size());
        };
    }

    private static ScalarFunction copier() {
        return (in, out, _) -> out.copyFrom(in[0]);
    }
}
