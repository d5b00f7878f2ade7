package org.cladedb.functions;

import org.cladedb.common.Cancellation;
import org.cladedb.types.Datum;

/// The parts of a text between separators, one after the other, as string_to_array and
/// string_to_table give them. Shares the bytes of the text.
final class TextParts {
    private final Datum text = new Datum();
    private final Datum separator = new Datum();
    private final Datum nullText = new Datum();
    private int start;
    private int end = -1;
    private boolean done;
    private long turn;

    /// @param in the text, the separator (NULL: every character is a part), and, if it is there,
    ///   the text of parts that are NULL; read now, but its bytes are used until the end
    TextParts(Datum[] in) {
        text.copyFrom(in[0]);
        separator.copyFrom(in[1]);
        if (in.length > 2) {
            nullText.copyFrom(in[2]);
        }
        done = text.length() == 0;
    }

    /// Moves to the next part; false at the end.
    boolean next() {
        Cancellation.check(turn++);
        if (done) {
            return false;
        }
        if (separator.isNull()) {
            start = Math.max(end, 0);
            end = start + Utf8.lengthOf(text.bytes()[text.offset() + start]);
            done = end >= text.length();
            return true;
        }
        start = end < 0 ? 0 : end + separator.length();
        int at = separator.length() == 0 ? -1 : ByteStrings.indexOf(text, separator, start);
        done = at < 0;
        end = done ? text.length() : at;
        return true;
    }

    /// The part, in a cell of its own.
    Datum part() {
        Datum part = new Datum();
        part.setBytes(text.bytes(), text.offset() + start, end - start);
        if (!nullText.isNull()
                && nullText.length() == part.length()
                && ByteStrings.matches(part, 0, nullText)) {
            part.setNull();
        }
        return part;
    }
}
