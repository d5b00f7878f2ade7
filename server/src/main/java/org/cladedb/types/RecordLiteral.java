package org.cladedb.types;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Parses the text form of a row: `(1,"a ""quoted"" word",)`.
final class RecordLiteral {
    private final byte[] source;
    private final int start;
    private final int end;
    private final SqlType.Row type;
    private final TypeContext context;
    private int position;

    RecordLiteral(byte[] source, int offset, int length, SqlType.Row type, TypeContext context) {
        this.source = source;
        start = offset;
        end = offset + length;
        this.type = type;
        this.context = context;
        position = offset;
    }

    RowValue parse() {
        position = InputText.skipSpaces(source, position, end);
        if (peek() != '(') {
            throw malformed("Missing left parenthesis.");
        }
        position++;
        List<Datum> values = new ArrayList<>(type.fields().size());
        for (SqlType.Field field : type.fields()) {
            if (!values.isEmpty()) {
                if (peek() != ',') {
                    throw malformed("Too few columns.");
                }
                position++;
            }
            values.add(parseField(field.type()));
        }
        if (peek() == ',') {
            throw malformed("Too many columns.");
        }
        if (peek() != ')') {
            throw malformed("Too many columns.");
        }
        position = InputText.skipSpaces(source, position + 1, end);
        if (position < end) {
            throw malformed("Junk after right parenthesis.");
        }
        return new RowValue(type, values);
    }

    private Datum parseField(SqlType fieldType) {
        Datum value = new Datum();
        if (peek() == ',' || peek() == ')') {
            return value;
        }
        ByteWriter text = new ByteWriter();
        boolean quoted = false;
        while (quoted || (peek() != ',' && peek() != ')')) {
            int character = next();
            if (character == '\\') {
                text.writeByte(next());
            } else if (character != '"') {
                text.writeByte(character);
            } else if (!quoted) {
                quoted = true;
            } else if (peek() == '"') {
                text.writeByte(next());
            } else {
                quoted = false;
            }
        }
        byte[] bytes = text.toByteArray();
        Codecs.of(fieldType).readText(bytes, 0, bytes.length, context, value);
        return value.freeze(fieldType.form());
    }

    private int peek() {
        return position < end ? source[position] & 0xFF : -1;
    }

    private int next() {
        if (position == end) {
            throw malformed("Unexpected end of input.");
        }
        return source[position++] & 0xFF;
    }

    private DatabaseException malformed(String detail) {
        return new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION,
                        "malformed record literal: \""
                                + InputText.decode(source, start, end - start)
                                + "\"")
                .withDetail(detail);
    }
}
