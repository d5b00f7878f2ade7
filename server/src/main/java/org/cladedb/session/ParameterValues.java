package org.cladedb.session;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;
import org.cladedb.types.TypeContext;

/// The values of a Bind message.
///
/// @param body where the values are; kept by the portal, so nobody may change it
/// @param offsets the start of each value
/// @param lengths the length of each, -1 for NULL
/// @param formats none (text), one for all, or one each; 1 is binary
public record ParameterValues(byte[] body, int[] offsets, int[] lengths, int[] formats) {
    /// No parameters.
    public static final ParameterValues NONE =
            new ParameterValues(new byte[0], new int[0], new int[0], new int[0]);

    int count() {
        return lengths.length;
    }

    /// Decodes the values as `types`.
    List<Datum> decode(List<SqlType> types, TypeContext context) {
        List<Datum> values = new ArrayList<>(lengths.length);
        for (int i = 0; i < lengths.length; i++) {
            values.add(decode(i, types.get(i), context));
        }
        return values;
    }

    private Datum decode(int i, SqlType type, TypeContext context) {
        Datum value = new Datum();
        if (lengths[i] < 0) {
            return value;
        }
        TypeCodec codec = Codecs.of(type);
        try {
            if (isBinary(i)) {
                codec.readBinary(body, offsets[i], lengths[i], context, value);
            } else {
                codec.readText(body, offsets[i], lengths[i], context, value);
            }
        } catch (IndexOutOfBoundsException _) {
            throw new DatabaseException(
                    SqlState.INVALID_BINARY_REPRESENTATION,
                    "incorrect binary data format in bind parameter " + (i + 1));
        }
        return value;
    }

    private boolean isBinary(int i) {
        return switch (formats.length) {
            case 0 -> false;
            case 1 -> formats[0] == 1;
            default -> formats[i] == 1;
        };
    }
}
