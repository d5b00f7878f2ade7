package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Preparing keys for sorting changes neither their order nor their bytes, whatever they have in
/// common.
final class NormalizedSortKeysTest {
    private static final int ROWS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1234567", "12345678", "https://www.example.com/a/path/"})
    void preparedKeysCompareAsBefore(String prefix) {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            boolean descending = random.nextBoolean();
            NormalizedSortKeys keys =
                    new NormalizedSortKeys(
                            List.of(
                                    new SortColumn(SqlType.TEXT, descending, false),
                                    new SortColumn(SqlType.INTEGER, false, false)),
                            MemoryAccount.limitedTo(1 << 20));
            for (int row = 0; row < ROWS; row++) {
                keys.add(
                        new Datum[] {
                            Datum.ofText(prefix + suffix(random)), Datum.ofLong(random.nextInt(3))
                        });
            }
            List<Integer> orders = orders(keys);
            List<byte[]> bytes = bytes(keys);
            keys.prepare();
            assertThat(orders(keys)).as("seed %d", seed).isEqualTo(orders);
            assertThat(bytes(keys)).as("seed %d", seed).usingRecursiveComparison().isEqualTo(bytes);
        }
    }

    /// Few different ones, some of them the beginning of others, with the bytes that keys escape.
    private static String suffix(Random random) {
        StringBuilder suffix = new StringBuilder();
        int length = random.nextInt(random.nextBoolean() ? 3 : 14);
        for (int i = 0; i < length; i++) {
            suffix.append("ab\u0001\u00ff".charAt(random.nextInt(4)));
        }
        return suffix.toString();
    }

    private static List<Integer> orders(NormalizedSortKeys keys) {
        List<Integer> orders = new ArrayList<>();
        for (int left = 0; left < ROWS; left++) {
            for (int right = 0; right < ROWS; right++) {
                orders.add(Integer.signum(keys.compare(left, right)));
            }
        }
        return orders;
    }

    private static List<byte[]> bytes(NormalizedSortKeys keys) {
        List<byte[]> all = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            ByteWriter out = new ByteWriter();
            keys.write(row, out);
            all.add(out.toByteArray());
        }
        return all;
    }
}
