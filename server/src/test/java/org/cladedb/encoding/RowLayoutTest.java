package org.cladedb.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.types.Datum;
import org.cladedb.types.RandomValues;
import org.cladedb.types.SqlType;
import org.cladedb.types.Values;
import org.junit.jupiter.api.Test;

/// Rows come back as they were written, column by column, also under a wider layout.
final class RowLayoutTest {
    private static final long SEED = 99;

    @Test
    void randomRowsRoundTrip() {
        RandomValues values = new RandomValues(SEED);
        for (int i = 0; i < 3000; i++) {
            List<SqlType> types = new ArrayList<>();
            for (int n = values.below(20); n >= 0; n--) {
                types.add(RandomValues.INDEXABLE.get(values.below(RandomValues.INDEXABLE.size())));
            }
            boolean[] stored = new boolean[types.size()];
            Datum[] row = new Datum[types.size()];
            for (int slot = 0; slot < row.length; slot++) {
                stored[slot] = values.below(5) != 0;
                row[slot] = values.nullable(types.get(slot));
            }
            checkRoundTrip(types, stored, row, values.below(400), "seed " + SEED + ", row " + i);
        }
    }

    private static void checkRoundTrip(
            List<SqlType> types, boolean[] stored, Datum[] row, int ordinal, String what) {
        ByteWriter out = new ByteWriter();
        out.writeInt(-1);
        RowLayout layout = RowLayout.of(types, stored);
        layout.encode(out, ordinal, row);
        byte[] bytes = out.toByteArray();
        RowReader reader = new RowReader(layout);
        reader.bind(bytes, 4, bytes.length - 4);
        assertThat(RowLayout.ordinal(bytes, 4)).as(what).isEqualTo(ordinal);
        assertThat(reader.slotCount()).as(what).isEqualTo(types.size());
        Datum cell = new Datum();
        for (int slot = row.length - 1; slot >= 0; slot--) {
            if (stored[slot]) {
                assertThat(reader.read(slot, cell)).as(what).isTrue();
                assertThat(Values.show(types.get(slot), cell))
                        .as(what + ", slot " + slot)
                        .isEqualTo(Values.show(types.get(slot), row[slot]));
                assertThat(reader.isNull(slot)).as(what).isEqualTo(row[slot].isNull());
            }
        }
    }

    @Test
    void longTextWidensTheOffsets() {
        for (int length : new int[] {255, 256, 65_535, 65_536, 1_000_000}) {
            Datum[] row = {Datum.ofText("x".repeat(length)), Datum.ofLong(7), Datum.ofText("end")};
            checkRoundTrip(
                    List.of(SqlType.TEXT, SqlType.INTEGER, SqlType.TEXT),
                    new boolean[] {true, true, true},
                    row,
                    1,
                    "length " + length);
        }
    }

    @Test
    void columnsAddedLaterReadAsTheirDefault() {
        ByteWriter out = new ByteWriter();
        RowLayout before = RowLayout.of(List.of(SqlType.INTEGER, SqlType.TEXT));
        before.encode(out, 3, new Datum[] {Datum.ofLong(1), Datum.ofText("one")});
        RowLayout after =
                RowLayout.of(List.of(SqlType.INTEGER, SqlType.TEXT, SqlType.BIGINT, SqlType.TEXT))
                        .withDefaults(
                                List.of(
                                        new Datum(),
                                        new Datum(),
                                        Datum.ofLong(42),
                                        Datum.ofText("new")));
        RowReader reader = new RowReader(after);
        reader.bind(out.array(), 0, out.size());
        Datum[] cells = Datum.row(4);
        reader.readAll(new int[] {3, 2, 1, 0}, cells, new int[] {0, 1, 2, 3});
        assertThat(cells[0].text()).isEqualTo("new");
        assertThat(cells[1].longValue()).isEqualTo(42);
        assertThat(cells[2].text()).isEqualTo("one");
        assertThat(cells[3].longValue()).isEqualTo(1);
        assertThat(reader.read(2, new Datum())).isFalse();
    }

    @Test
    void rowsThatDoNotFitTheLayoutAreCorrupt() {
        ByteWriter out = new ByteWriter();
        RowLayout.of(List.of(SqlType.INTEGER, SqlType.TEXT))
                .encode(out, 3, new Datum[] {Datum.ofLong(1), Datum.ofText("one")});
        RowReader narrow = new RowReader(RowLayout.of(List.of(SqlType.INTEGER)));
        assertThatThrownBy(() -> narrow.bind(out.array(), 0, out.size()))
                .isInstanceOf(DatabaseException.class);
        RowReader reader = new RowReader(RowLayout.of(List.of(SqlType.INTEGER, SqlType.TEXT)));
        assertThatThrownBy(() -> reader.bind(out.array(), 0, 5))
                .isInstanceOf(DatabaseException.class);
    }
}
