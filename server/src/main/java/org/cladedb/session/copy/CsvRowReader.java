package org.cladedb.session.copy;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// COPY's CSV format: quotes, doubled or escaped quotes inside, rows that span lines.
final class CsvRowReader extends LineRowReader {
    private final byte quote;
    private final byte escape;
    private final ForcedNulls forced;

    CsvRowReader(CopyInput input, CopyFormat format, ForcedNulls forced) {
        super(input, format);
        this.quote = format.quote();
        this.escape = format.escape();
        this.forced = forced;
    }

    @Override
    boolean marksAreData() {
        return true;
    }

    @Override
    DatabaseException foreignLineEnd(String what) {
        return new DatabaseException(
                        SqlState.BAD_COPY_FILE_FORMAT, "unquoted " + what + " found in data")
                .withHint("Use quoted CSV field to represent " + what + ".");
    }

    @Override
    int findRowLength() {
        boolean quoted = false;
        boolean escaped = false;
        int i = 0;
        while (true) {
            byte[] array = data.array();
            int start = data.start();
            int length = data.end() - start;
            while (i < length) {
                byte b = array[start + i];
                if (escaped) {
                    escaped = false;
                } else if (quoted && b == escape && escape != quote) {
                    escaped = true;
                } else if (b == quote) {
                    quoted = !quoted;
                } else if (!quoted && b == '\n') {
                    return i;
                } else if (!quoted && b == '\r') {
                    if (i + 1 == length) {
                        data.more();
                    }
                    return i;
                } else if (b == '\n') {
                    lineEnded();
                }
                i++;
            }
            if (!data.more()) {
                if (quoted) {
                    throw new DatabaseException(
                            SqlState.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
                }
                return i;
            }
        }
    }

    @Override
    void split(byte[] array, int start, int end) {
        int i = start;
        while (true) {
            int fieldStart = i;
            int out = i;
            boolean anyQuote = false;
            boolean quoted = false;
            while (i < end) {
                byte b = array[i];
                if (quoted) {
                    if (b == escape
                            && i + 1 < end
                            && (array[i + 1] == quote || array[i + 1] == escape)) {
                        array[out++] = array[i + 1];
                        i += 2;
                    } else if (b == quote) {
                        quoted = false;
                        i++;
                    } else {
                        array[out++] = b;
                        i++;
                    }
                } else if (b == delimiter) {
                    break;
                } else if (b == quote) {
                    quoted = true;
                    anyQuote = true;
                    i++;
                } else {
                    array[out++] = b;
                    i++;
                }
            }
            field(array, fieldStart, out - fieldStart, anyQuote);
            if (i >= end) {
                return;
            }
            i++;
            if (i == end) {
                field(array, i, 0, false);
                return;
            }
        }
    }

    private void field(byte[] array, int start, int length, boolean quoted) {
        boolean isNull = matchesNull(array, start, length);
        if (isNull && quoted) {
            isNull = forced.isForcedNull(count());
        } else if (isNull) {
            isNull = !forced.isForcedNotNull(count());
        }
        addField(start, length, isNull);
    }
}
