package org.cladedb.storage.catalogstore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cladedb.common.BigEndian;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Reads the fields of catalog objects, believing nothing: bytes that do not fit raise XX001.
final class ObjectReader {
    private final byte[] bytes;
    private int position;

    ObjectReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int number() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = bytes[take(1)];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    boolean flag() {
        return bytes[take(1)] != 0;
    }

    long longNumber() {
        return BigEndian.getLong(bytes, take(Long.BYTES));
    }

    String text() {
        int length = number();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Nullable String textOrNull() {
        return flag() ? text() : null;
    }

    <T> List<T> list(Supplier<T> each) {
        int count = number();
        if (count < 0 || count > bytes.length) {
            throw damaged();
        }
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.get());
        }
        return values;
    }

    List<String> texts() {
        return list(this::text);
    }

    List<Integer> numbers() {
        return list(this::number);
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        String name = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw damaged();
    }

    SqlType type() {
        return switch (number()) {
            case ObjectWriter.SCALAR -> {
                TypeKind kind = TypeKind.byOid(number());
                int modifier = number();
                if (kind == null) {
                    throw damaged();
                }
                yield new SqlType.Scalar(kind, modifier);
            }
            case ObjectWriter.ARRAY -> SqlType.arrayOf(type());
            case ObjectWriter.ROW -> new SqlType.Row(list(() -> new SqlType.Field(text(), type())));
            default -> throw damaged();
        };
    }

    /// Checks that everything was read.
    void end() {
        if (position != bytes.length) {
            throw damaged();
        }
    }

    private int take(int count) {
        int start = position;
        if (count < 0 || count > bytes.length - start) {
            throw damaged();
        }
        position = start + count;
        return start;
    }

    static DatabaseException damaged() {
        return new DatabaseException(
                SqlState.DATA_CORRUPTED, "a catalog entry cannot be read: its bytes are damaged");
    }
}
