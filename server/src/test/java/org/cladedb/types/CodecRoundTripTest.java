package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.junit.jupiter.api.Test;

/// Random values of every type come back from their text and binary forms unchanged.
final class CodecRoundTripTest {
    private static final long SEED = 4711;
    private static final int VALUES = 3000;
    private static final List<SqlType> MORE =
            List.of(
                    SqlType.REGCLASS,
                    SqlType.arrayOf(SqlType.INTERVAL),
                    SqlType.arrayOf(SqlType.TIMESTAMPTZ),
                    SqlType.arrayOf(SqlType.DOUBLE),
                    SqlType.arrayOf(SqlType.BYTEA));

    @Test
    void everyTypeRoundTripsInBothFormats() {
        List<SqlType> types = new ArrayList<>(RandomValues.INDEXABLE);
        types.addAll(MORE);
        for (TypeContext context : contexts()) {
            for (SqlType type : types) {
                RandomValues values = new RandomValues(SEED);
                for (int i = 0; i < VALUES; i++) {
                    check(type, values.value(type), context, "seed " + SEED + ", value " + i);
                }
            }
        }
    }

    private static List<TypeContext> contexts() {
        TypeContext base = TypeContext.DEFAULT;
        List<TypeContext> contexts = new ArrayList<>();
        contexts.add(base);
        // In Kolkata no local time is ambiguous.
        for (TypeContext.IntervalStyle style : TypeContext.IntervalStyle.values()) {
            contexts.add(
                    new TypeContext(
                            TimeZones.region("Asia/Kolkata"),
                            TypeContext.DateStyle.ISO_DMY,
                            style,
                            false,
                            1,
                            0,
                            ObjectNames.NONE));
        }
        return contexts;
    }

    private static void check(SqlType type, Datum value, TypeContext context, String what) {
        TypeCodec codec = Codecs.of(type);
        ByteWriter out = new ByteWriter();
        codec.writeText(value, context, out);
        String text = new String(out.toByteArray(), StandardCharsets.UTF_8);
        Datum back = new Datum();
        codec.readText(out.array(), 0, out.size(), context, back);
        assertThat(Values.show(type, back))
                .as("%s of %s as text %s", what, TypeNames.format(type), text)
                .isEqualTo(Values.show(type, value));
        ByteWriter binary = new ByteWriter();
        codec.writeBinary(value, context, binary);
        codec.readBinary(binary.array(), 0, binary.size(), context, back);
        assertThat(Values.show(type, back))
                .as("%s of %s in binary", what, TypeNames.format(type))
                .isEqualTo(Values.show(type, value));
    }

    @Test
    void damagedBinaryValuesAreErrorsOrValues() {
        for (SqlType type : RandomValues.INDEXABLE) {
            RandomValues values = new RandomValues(SEED);
            for (int i = 0; i < VALUES; i++) {
                ByteWriter out = new ByteWriter();
                TypeCodec codec = Codecs.of(type);
                codec.writeBinary(values.value(type), TypeContext.DEFAULT, out);
                byte[] bytes = out.toByteArray();
                if (bytes.length > 0) {
                    bytes[values.below(bytes.length)] ^= (byte) (1 << values.below(8));
                }
                int length = values.below(4) == 0 ? values.below(bytes.length + 1) : bytes.length;
                readExpectingOnlyUserErrors(codec, bytes, length, type);
            }
        }
    }

    private static void readExpectingOnlyUserErrors(
            TypeCodec codec, byte[] bytes, int length, SqlType type) {
        Datum value = new Datum();
        try {
            codec.readBinary(bytes, 0, length, TypeContext.DEFAULT, value);
            codec.writeText(value, TypeContext.DEFAULT, new ByteWriter());
        } catch (DatabaseException e) {
            assertThat(e.state().code()).as(TypeNames.format(type)).doesNotStartWith("XX");
        }
    }
}
