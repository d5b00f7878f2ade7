package org.cladedb.encoding;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Arrays and rows inside a row: varints, and each element with its length.
///
/// An element is `varint (length + 1)` and its bytes, or a 0 for NULL.
final class StoredComposite {
    private StoredComposite() {}

    static void appendArray(ByteWriter out, ArrayValue array) {
        out.writeVarint(array.dimensions().size());
        for (int i = 0; i < array.dimensions().size(); i++) {
            int lower = array.lowerBounds().get(i);
            out.writeVarint(array.dimensions().get(i));
            out.writeVarint((lower << 1) ^ (lower >> 31));
        }
        StoredKind kind = StoredKind.of(array.elementType());
        ByteWriter scratch = new ByteWriter();
        for (Datum element : array.elements()) {
            appendElement(out, kind, array.elementType(), element, scratch);
        }
    }

    static void appendRow(ByteWriter out, SqlType.Row type, RowValue row) {
        ByteWriter scratch = new ByteWriter();
        for (int i = 0; i < type.fields().size(); i++) {
            SqlType fieldType = type.fields().get(i).type();
            appendElement(out, StoredKind.of(fieldType), fieldType, row.values().get(i), scratch);
        }
    }

    private static void appendElement(
            ByteWriter out, StoredKind kind, SqlType type, Datum value, ByteWriter scratch) {
        if (value.isNull()) {
            out.writeVarint(0);
            return;
        }
        scratch.clear();
        StoredValue.append(scratch, kind, type, value);
        out.writeVarint(scratch.size() + 1);
        out.writeBytes(scratch.array(), 0, scratch.size());
    }

    static void readArray(byte[] source, int position, SqlType type, Datum out) {
        SqlType elementType = elementType(type);
        Input input = new Input(source, position);
        int count = input.varint();
        List<Integer> dimensions = new ArrayList<>(count);
        List<Integer> lowerBounds = new ArrayList<>(count);
        int elementCount = count == 0 ? 0 : 1;
        for (int i = 0; i < count; i++) {
            int length = input.varint();
            int lower = input.varint();
            dimensions.add(length);
            lowerBounds.add((lower >>> 1) ^ -(lower & 1));
            elementCount *= length;
        }
        StoredKind kind = StoredKind.of(elementType);
        List<Datum> elements = new ArrayList<>(elementCount);
        for (int i = 0; i < elementCount; i++) {
            elements.add(input.element(kind, elementType));
        }
        out.setObject(new ArrayValue(elementType, dimensions, lowerBounds, elements));
    }

    static void readRow(byte[] source, int position, SqlType.Row type, Datum out) {
        Input input = new Input(source, position);
        List<Datum> values = new ArrayList<>(type.fields().size());
        for (SqlType.Field field : type.fields()) {
            values.add(input.element(StoredKind.of(field.type()), field.type()));
        }
        out.setObject(new RowValue(type, values));
    }

    private static SqlType elementType(SqlType type) {
        if (type instanceof SqlType.Array array) {
            return array.element();
        }
        return type.kind() == TypeKind.OIDVECTOR ? SqlType.OID : SqlType.SMALLINT;
    }

    /// Reads from a position on.
    private static final class Input {
        private final byte[] source;
        private int position;

        Input(byte[] source, int position) {
            this.source = source;
            this.position = position;
        }

        int varint() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = source[position++];
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        /// The next element, detached from the source.
        Datum element(StoredKind kind, SqlType type) {
            Datum value = new Datum();
            int length = varint() - 1;
            if (length >= 0) {
                StoredValue.read(source, position, length, kind, type, value);
                position += length;
            }
            return value.freeze(type.form());
        }
    }
}
