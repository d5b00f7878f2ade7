package org.cladedb.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.DatumHasher;
import org.cladedb.types.RandomValues;
import org.cladedb.types.SqlType;
import org.cladedb.types.Values;
import org.junit.jupiter.api.Test;

/// Key order is value order, equal values have equal keys, and keys decode.
final class KeyCodecTest {
    private static final int PAIRS = 4000;

    @Test
    void keyOrderIsValueOrderForEveryTypeAndDirection() {
        for (SqlType type : RandomValues.INDEXABLE) {
            for (boolean descending : new boolean[] {false, true}) {
                for (boolean nullsFirst : new boolean[] {false, true}) {
                    checkOrder(new KeyPart(type, descending, nullsFirst), 20_261);
                }
            }
        }
    }

    private static void checkOrder(KeyPart part, long seed) {
        RandomValues values = new RandomValues(seed);
        DatumComparator comparator = DatumComparator.of(part.type());
        DatumHasher hasher = DatumHasher.of(part.type());
        for (int i = 0; i < PAIRS; i++) {
            Datum left = values.nullable(part.type());
            Datum right = values.nullable(part.type());
            // What follows a column must not change the order, so add something random.
            byte[] leftKey = key(part, left, values.below(256));
            byte[] rightKey = key(part, right, values.below(256));
            int expected = expectedOrder(part, comparator, left, right);
            int actual =
                    Arrays.compareUnsigned(
                            leftKey, 0, leftKey.length - 1, rightKey, 0, rightKey.length - 1);
            String what =
                    "seed %d, pair %d, %s: %s and %s"
                            .formatted(
                                    seed,
                                    i,
                                    part,
                                    Values.show(part.type(), left),
                                    Values.show(part.type(), right));
            assertThat(Integer.signum(actual)).as(what).isEqualTo(Integer.signum(expected));
            if (expected != 0) {
                assertThat(Integer.signum(Arrays.compareUnsigned(leftKey, rightKey)))
                        .as(what)
                        .isEqualTo(Integer.signum(expected));
            } else if (!left.isNull()) {
                assertThat(hasher.hash(left)).as(what).isEqualTo(hasher.hash(right));
            }
        }
    }

    private static byte[] key(KeyPart part, Datum value, int follower) {
        ByteWriter out = new ByteWriter();
        KeyCodec.append(out, part, value);
        out.writeByte(follower);
        return out.toByteArray();
    }

    private static int expectedOrder(
            KeyPart part, DatumComparator comparator, Datum left, Datum right) {
        if (left.isNull() || right.isNull()) {
            int order = Boolean.compare(left.isNull(), right.isNull());
            return part.nullsFirst() ? -order : order;
        }
        int order = comparator.compare(left, right);
        return part.descending() ? -order : order;
    }

    @Test
    void keysDecodeToTheValueOrToAnEqualOne() {
        for (SqlType type : RandomValues.INDEXABLE) {
            for (boolean descending : new boolean[] {false, true}) {
                KeyPart part = new KeyPart(type, descending, false);
                RandomValues values = new RandomValues(7);
                for (int i = 0; i < PAIRS; i++) {
                    checkDecodes(part, values.nullable(type), "seed 7, value " + i + ", " + part);
                }
            }
        }
    }

    private static void checkDecodes(KeyPart part, Datum value, String what) {
        ByteWriter out = new ByteWriter();
        out.writeInt(0x01020304);
        KeyCodec.append(out, part, value);
        int end = out.size();
        out.writeInt(0xFFFFFFFF);
        byte[] key = out.toByteArray();
        Datum back = new Datum();
        assertThat(KeyCodec.decode(key, 4, part, back)).as(what).isEqualTo(end);
        assertThat(KeyCodec.skip(key, 4, part)).as(what).isEqualTo(end);
        if (KeyCodec.isLossless(part.type()) || value.isNull()) {
            assertThat(Values.show(part.type(), back))
                    .as(what)
                    .isEqualTo(Values.show(part.type(), value));
        } else {
            assertThat(DatumComparator.of(part.type()).compare(value, back)).as(what).isZero();
        }
    }

    @Test
    void bytesAreAsDocumented() {
        assertThat(hex(SqlType.INTEGER, Datum.ofLong(1))).isEqualTo("0280000001");
        assertThat(hex(SqlType.TEXT, Datum.ofText("ab"))).isEqualTo("02616200");
        assertThat(hex(SqlType.NUMERIC, numeric("123.4"))).isEqualTo("02408202182900");
        assertThat(hex(SqlType.NUMERIC, numeric("123.400"))).isEqualTo("02408202182900");
        assertThat(hex(SqlType.NUMERIC, numeric("-1"))).isEqualTo("02207efdff");
        assertThat(hex(SqlType.BIGINT, new Datum())).isEqualTo("03");
    }

    private static String hex(SqlType type, Datum value) {
        ByteWriter out = new ByteWriter();
        KeyCodec.append(out, KeyPart.ascending(type), value);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static Datum numeric(String text) {
        Datum datum = new Datum();
        datum.setNumeric(new BigDecimal(text));
        return datum;
    }

    @Test
    void jsonIsNotIndexable() {
        assertThat(KeyCodec.isIndexable(SqlType.JSON)).isFalse();
        assertThatThrownBy(() -> KeyCodec.requireIndexable(SqlType.JSON))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.state()).isEqualTo(SqlState.UNDEFINED_OBJECT))
                .hasMessage(
                        "data type json has no default operator class for access method \"btree\"");
    }
}
