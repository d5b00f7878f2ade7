package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hash tables take the low bits of a hash: sequences as they occur in tables must spread over
/// those, or a statement takes the square of its rows.
final class DatumHasherTest {
    private static final int VALUES = 1 << 16;

    /// Evenly spread, 63 of 100 places are met by as many values as there are places.
    private static final int PLACES_MET_MIN = VALUES / 2;

    record Sequence(String name, SqlType type, BiConsumer<Integer, Datum> value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sequence> sequences() {
        SqlType integers = SqlType.arrayOf(SqlType.INTEGER);
        return Stream.of(
                new Sequence("integers", SqlType.INTEGER, (i, out) -> out.setLong(i)),
                new Sequence("even numbers", SqlType.BIGINT, (i, out) -> out.setLong(i * 1024L)),
                new Sequence(
                        "days as microseconds",
                        SqlType.TIMESTAMP,
                        (i, out) -> out.setLong(i * 86_400_000_000L)),
                new Sequence("whole doubles", SqlType.DOUBLE, (i, out) -> out.setDouble(i)),
                new Sequence("keys", SqlType.BYTEA, (i, out) -> out.setBytes(bytes(i))),
                new Sequence(
                        "texts", SqlType.TEXT, (i, out) -> out.setBytes(text("customer-" + i))),
                new Sequence(
                        "hexadecimal texts",
                        SqlType.TEXT,
                        (i, out) -> out.setBytes(text(Integer.toHexString(i)))),
                new Sequence(
                        "pairs",
                        integers,
                        (i, out) ->
                                out.setObject(
                                        ArrayValue.of(
                                                SqlType.INTEGER,
                                                List.of(number(i & 0xFF), number(i >> 8))))));
    }

    private static byte[] bytes(int value) {
        return new byte[] {
            0,
            0,
            1,
            7,
            (byte) (value >> 24),
            (byte) (value >> 16),
            (byte) (value >> 8),
            (byte) value
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Datum number(int value) {
        Datum number = new Datum();
        number.setLong(value);
        return number;
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void valuesSpreadOverTheLowBits(Sequence sequence) {
        DatumHasher hasher = DatumHasher.of(sequence.type());
        boolean[] met = new boolean[VALUES];
        int places = 0;
        Datum value = new Datum();
        for (int i = 0; i < VALUES; i++) {
            sequence.value().accept(i, value);
            int place = hasher.hash(value) & (VALUES - 1);
            places += met[place] ? 0 : 1;
            met[place] = true;
        }
        assertThat(places).isGreaterThan(PLACES_MET_MIN);
    }
}
