package org.cladedb.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Arrays of one element type.
final class ArrayCodec implements TypeCodec {
    static final int ELEMENTS_MAX = 134_217_727;

    private final SqlType.Array type;
    private final TypeCodec element;

    ArrayCodec(SqlType.Array type) {
        this.type = type;
        element = Codecs.of(type.element());
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        Utf8.check(source, offset, length);
        out.setObject(
                new ArrayLiteral(source, offset, length, type.element(), element, context).parse());
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        ArrayValue array = value.arrayValue();
        if (array.dimensions().isEmpty()) {
            out.writeUtf8("{}");
            return;
        }
        writeBounds(array, out);
        writeDimension(array, 0, 0, context, out);
    }

    /// `[0:2]=`, only where a lower bound is not 1.
    private static void writeBounds(ArrayValue array, ByteWriter out) {
        if (array.lowerBounds().stream().allMatch(lower -> lower == 1)) {
            return;
        }
        for (int i = 0; i < array.dimensions().size(); i++) {
            int lower = array.lowerBounds().get(i);
            out.writeByte('[');
            Digits.append(out, lower);
            out.writeByte(':');
            Digits.append(out, (long) lower + array.dimensions().get(i) - 1);
            out.writeByte(']');
        }
        out.writeByte('=');
    }

    /// Writes one sub-array; returns the index of the element after it.
    private int writeDimension(
            ArrayValue array, int dimension, int first, TypeContext context, ByteWriter out) {
        boolean innermost = dimension == array.dimensions().size() - 1;
        int next = first;
        out.writeByte('{');
        for (int i = 0; i < array.dimensions().get(dimension); i++) {
            Cancellation.check();
            if (i > 0) {
                out.writeByte(',');
            }
            if (innermost) {
                writeElement(array.elements().get(next++), context, out);
            } else {
                next = writeDimension(array, dimension + 1, next, context, out);
            }
        }
        out.writeByte('}');
        return next;
    }

    private void writeElement(Datum value, TypeContext context, ByteWriter out) {
        if (value.isNull()) {
            out.writeUtf8("NULL");
            return;
        }
        int start = out.size();
        element.writeText(value, context, out);
        if (needsQuotes(out.array(), start, out.size())) {
            byte[] plain = Arrays.copyOfRange(out.array(), start, out.size());
            out.truncate(start);
            out.writeByte('"');
            for (byte character : plain) {
                if (character == '"' || character == '\\') {
                    out.writeByte('\\');
                }
                out.writeByte(character);
            }
            out.writeByte('"');
        }
    }

    private static boolean needsQuotes(byte[] text, int start, int end) {
        if (start == end || isNullWord(text, start, end)) {
            return true;
        }
        for (int i = start; i < end; i++) {
            switch (text[i]) {
                case '"', '\\', '{', '}', ',', ' ', '\t', '\n', 0x0B, '\f', '\r' -> {
                    return true;
                }
                default -> {
                    // Goes as it is.
                }
            }
        }
        return false;
    }

    static boolean isNullWord(byte[] text, int start, int end) {
        return end - start == 4
                && (text[start] | 0x20) == 'n'
                && (text[start + 1] | 0x20) == 'u'
                && (text[start + 2] | 0x20) == 'l'
                && (text[start + 3] | 0x20) == 'l';
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        BinaryInput input = new BinaryInput(source, offset, length);
        int count = input.readInt();
        if (count < 0) {
            throw new DatabaseException(
                    SqlState.INVALID_BINARY_REPRESENTATION,
                    "invalid number of dimensions: " + count);
        }
        requireDimensions(count);
        int flags = input.readInt();
        if (flags != 0 && flags != 1) {
            throw new DatabaseException(
                    SqlState.INVALID_BINARY_REPRESENTATION, "invalid array flags");
        }
        int elementOid = input.readInt();
        if (elementOid != type.element().oid()) {
            throw new DatabaseException(
                    SqlState.DATATYPE_MISMATCH,
                    "binary data has array element type "
                            + Integer.toUnsignedString(elementOid)
                            + " instead of expected "
                            + Integer.toUnsignedString(type.element().oid()));
        }
        List<Integer> dimensions = new ArrayList<>(count);
        List<Integer> lowerBounds = new ArrayList<>(count);
        long elements = count == 0 ? 0 : 1;
        for (int i = 0; i < count; i++) {
            int size = input.readInt();
            int lower = input.readInt();
            if (size < 0 || (elements *= size) > ELEMENTS_MAX) {
                throw tooLarge();
            }
            requireBounds(lower, size);
            dimensions.add(size);
            lowerBounds.add(lower);
        }
        List<Datum> values = new ArrayList<>((int) Math.min(elements, length / Integer.BYTES));
        for (long i = 0; i < elements; i++) {
            Cancellation.check();
            values.add(input.readElement(element, type.element(), context));
        }
        input.requireEnd();
        out.setObject(
                elements == 0
                        ? ArrayValue.of(type.element(), List.of())
                        : new ArrayValue(type.element(), dimensions, lowerBounds, values));
    }

    static void requireDimensions(int count) {
        if (count > ArrayValue.DIMENSIONS_MAX) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions ("
                            + count
                            + ") exceeds the maximum allowed ("
                            + ArrayValue.DIMENSIONS_MAX
                            + ")");
        }
    }

    static DatabaseException tooLarge() {
        return new DatabaseException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "array size exceeds the maximum allowed (" + ELEMENTS_MAX + ")");
    }

    static void requireBounds(int lower, int size) {
        if ((long) lower + size > Integer.MAX_VALUE) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "array lower bound is too large: " + lower);
        }
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        ArrayValue array = value.arrayValue();
        boolean anyNull = array.elements().stream().anyMatch(Datum::isNull);
        out.writeInt(array.dimensions().size());
        out.writeInt(anyNull ? 1 : 0);
        out.writeInt(type.element().oid());
        for (int i = 0; i < array.dimensions().size(); i++) {
            out.writeInt(array.dimensions().get(i));
            out.writeInt(array.lowerBounds().get(i));
        }
        for (Datum item : array.elements()) {
            Cancellation.check();
            writeBinaryElement(element, item, context, out);
        }
    }

    /// Length (-1 for NULL) and bytes of an element.
    static void writeBinaryElement(
            TypeCodec codec, Datum value, TypeContext context, ByteWriter out) {
        if (value.isNull()) {
            out.writeInt(-1);
            return;
        }
        int lengthAt = out.size();
        out.writeInt(0);
        codec.writeBinary(value, context, out);
        BigEndian.putInt(out.array(), lengthAt, out.size() - lengthAt - Integer.BYTES);
    }
}
