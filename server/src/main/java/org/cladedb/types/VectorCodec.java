package org.cladedb.types;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;

/// int2vector and oidvector: numbers with blanks between, subscripts from 0.
final class VectorCodec implements TypeCodec {
    private final SqlType elementType;
    private final TypeCodec element;
    private final ArrayCodec array;

    VectorCodec(SqlType elementType) {
        this.elementType = elementType;
        element = Codecs.of(elementType);
        array = new ArrayCodec(new SqlType.Array(elementType));
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        List<Datum> values = new ArrayList<>();
        int end = offset + length;
        int at = InputText.skipSpaces(source, offset, end);
        while (at < end) {
            int next = at;
            while (next < end && !InputText.isSpace(source[next])) {
                next++;
            }
            Datum value = new Datum();
            element.readText(source, at, next - at, context, value);
            values.add(value);
            at = InputText.skipSpaces(source, next, end);
        }
        out.setObject(new ArrayValue(elementType, List.of(values.size()), List.of(0), values));
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        boolean first = true;
        for (Datum item : value.arrayValue().elements()) {
            if (!first) {
                out.writeByte(' ');
            }
            first = false;
            element.writeText(item, context, out);
        }
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        array.readBinary(source, offset, length, context, out);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        array.writeBinary(value, context, out);
    }
}
