package org.cladedb.storage.catalogstore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Writes the fields of catalog objects; the counterpart of [ObjectReader].
final class ObjectWriter {
    static final int SCALAR = 0;
    static final int ARRAY = 1;
    static final int ROW = 2;

    private final ByteWriter out = new ByteWriter(256);

    ObjectWriter number(int value) {
        out.writeVarint(value);
        return this;
    }

    ObjectWriter flag(boolean value) {
        out.writeByte(value ? 1 : 0);
        return this;
    }

    ObjectWriter longNumber(long value) {
        out.writeLong(value);
        return this;
    }

    ObjectWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeVarint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ObjectWriter textOrNull(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    <T> ObjectWriter list(List<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
        return this;
    }

    ObjectWriter texts(List<String> values) {
        return list(values, this::text);
    }

    ObjectWriter numbers(List<Integer> values) {
        return list(values, this::number);
    }

    ObjectWriter type(SqlType type) {
        switch (type) {
            case SqlType.Scalar scalar ->
                    number(SCALAR).number(scalar.kind().oid()).number(scalar.modifier());
            case SqlType.Array array -> number(ARRAY).type(array.element());
            case SqlType.Row row ->
                    number(ROW).list(row.fields(), field -> text(field.name()).type(field.type()));
        }
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
