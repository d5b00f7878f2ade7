package org.cladedb.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Rows, as `(1,"two words",)`. Rows of a type without known fields can be written, not read.
final class RecordCodec implements TypeCodec {
    private final SqlType type;

    RecordCodec(SqlType type) {
        this.type = type;
    }

    private SqlType.Row knownType() {
        if (type instanceof SqlType.Row row) {
            return row;
        }
        throw new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "input of anonymous composite types is not implemented");
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        SqlType.Row row = knownType();
        Utf8.check(source, offset, length);
        out.setObject(new RecordLiteral(source, offset, length, row, context).parse());
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        RowValue row = value.rowValue();
        List<SqlType.Field> fields = row.type().fields();
        out.writeByte('(');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.writeByte(',');
            }
            Datum field = row.values().get(i);
            if (!field.isNull()) {
                int start = out.size();
                Codecs.of(fields.get(i).type()).writeText(field, context, out);
                quoteIfNeeded(out, start);
            }
        }
        out.writeByte(')');
    }

    private static void quoteIfNeeded(ByteWriter out, int start) {
        if (!needsQuotes(out.array(), start, out.size())) {
            return;
        }
        byte[] plain = Arrays.copyOfRange(out.array(), start, out.size());
        out.truncate(start);
        out.writeByte('"');
        for (byte character : plain) {
            if (character == '"' || character == '\\') {
                out.writeByte(character);
            }
            out.writeByte(character);
        }
        out.writeByte('"');
    }

    private static boolean needsQuotes(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            switch (text[i]) {
                case '"', '\\', '(', ')', ',', ' ', '\t', '\n', 0x0B, '\f', '\r' -> {
                    return true;
                }
                default -> {
                    // Goes as it is.
                }
            }
        }
        return start == end;
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        SqlType.Row row = knownType();
        BinaryInput input = new BinaryInput(source, offset, length);
        int count = input.readInt();
        if (count != row.fields().size()) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "wrong number of columns: " + count + ", expected " + row.fields().size());
        }
        List<Datum> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SqlType fieldType = row.fields().get(i).type();
            int oid = input.readInt();
            if (oid != fieldType.oid()) {
                throw new DatabaseException(
                        SqlState.DATATYPE_MISMATCH,
                        "binary data has type "
                                + Integer.toUnsignedString(oid)
                                + " instead of expected "
                                + Integer.toUnsignedString(fieldType.oid())
                                + " in record column "
                                + (i + 1));
            }
            values.add(input.readElement(Codecs.of(fieldType), fieldType, context));
        }
        input.requireEnd();
        out.setObject(new RowValue(row, values));
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        RowValue row = value.rowValue();
        List<SqlType.Field> fields = row.type().fields();
        out.writeInt(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            SqlType fieldType = fields.get(i).type();
            out.writeInt(fieldType.oid());
            ArrayCodec.writeBinaryElement(Codecs.of(fieldType), row.values().get(i), context, out);
        }
    }
}
