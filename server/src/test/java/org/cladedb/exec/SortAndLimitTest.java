package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cladedb.exec.Plans.ascending;
import static org.cladedb.exec.Plans.constant;
import static org.cladedb.exec.Plans.descending;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;
import static org.cladedb.exec.Plans.text;

import java.util.List;
import java.util.Random;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Sort, LIMIT, OFFSET, WITH TIES and DISTINCT ON.
class SortAndLimitTest {
    private static final OutputColumn NUMBER = integer(1);
    private static final OutputColumn NAME = text(2);

    private static PhysicalNode input() {
        return Plans.values(
                List.of(NUMBER, NAME),
                row(3, "c"),
                row(null, "n"),
                row(1, "a"),
                row(3, "b"),
                row(2, "longer than eight bytes, twice"),
                row(2, "longer than eight bytes, once"));
    }

    private static PhysicalNode sort(SortKey... keys) {
        return new PhysicalNode.Sort(input(), List.of(keys), null);
    }

    @Test
    void nullsComeLastAscendingAndFirstDescending() {
        assertThat(run(sort(ascending(NUMBER), ascending(NAME))))
                .containsExactly(
                        "1|a",
                        "2|longer than eight bytes, once",
                        "2|longer than eight bytes, twice",
                        "3|b",
                        "3|c",
                        "|n");
        assertThat(run(sort(descending(NUMBER), descending(NAME))))
                .containsExactly(
                        "|n",
                        "3|c",
                        "3|b",
                        "2|longer than eight bytes, twice",
                        "2|longer than eight bytes, once",
                        "1|a");
    }

    @Test
    void equalRowsKeepTheirOrder() {
        assertThat(run(sort(ascending(NUMBER))))
                .containsExactly(
                        "1|a",
                        "2|longer than eight bytes, twice",
                        "2|longer than eight bytes, once",
                        "3|c",
                        "3|b",
                        "|n");
    }

    @Test
    void theFirstRowsOfManyAreThoseOfTheWholeOrder() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            @Nullable Object[][] rows = new @Nullable Object[5000][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(random.nextInt(700), "row " + i);
            }
            PhysicalNode values = Plans.values(List.of(NUMBER, NAME), rows);
            List<SortKey> keys =
                    List.of(random.nextBoolean() ? ascending(NUMBER) : descending(NUMBER));
            int limit = random.nextInt(3000);
            List<String> whole = run(new PhysicalNode.Sort(values, keys, null));
            List<String> first = run(new PhysicalNode.Sort(values, keys, constant((long) limit)));
            assertThat(first).as("seed %d", seed).isEqualTo(whole.subList(0, limit));
        }
    }

    private static PhysicalNode limit(
            @Nullable TypedExpression count, @Nullable TypedExpression offset, SortKey... ties) {
        return new PhysicalNode.Limit(sort(ascending(NUMBER)), count, offset, List.of(ties));
    }

    @Test
    void limitAndOffsetCutRows() {
        assertThat(run(limit(constant(2L), constant(3L)))).containsExactly("3|c", "3|b");
        assertThat(run(limit(constant(0L), null))).isEmpty();
        assertThat(run(limit(null, constant(5L)))).containsExactly("|n");
        assertThat(run(limit(null, constant(50L)))).isEmpty();
        TypedExpression nothing = Plans.nothing(SqlType.BIGINT);
        assertThat(run(limit(nothing, nothing))).hasSize(6);
    }

    @Test
    void tiesOfTheLastRowComeToo() {
        assertThat(run(limit(constant(2L), null, ascending(NUMBER)))).hasSize(3);
        assertThat(run(limit(constant(3L), null, ascending(NUMBER)))).hasSize(3);
        assertThat(run(limit(constant(4L), null, ascending(NUMBER)))).hasSize(5);
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> run(limit(constant(-1L), null)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception -> {
                            assertThat(exception.state())
                                    .isEqualTo(SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE);
                            assertThat(exception).hasMessage("LIMIT must not be negative");
                        });
        assertThatThrownBy(() -> run(limit(null, constant(-1L))))
                .hasMessage("OFFSET must not be negative");
    }

    @Test
    void distinctOnKeepsTheFirstOfEachKey() {
        assertThat(
                        run(
                                new PhysicalNode.Distinct(
                                        sort(ascending(NUMBER)), List.of(NUMBER.reference()))))
                .containsExactly("1|a", "2|longer than eight bytes, twice", "3|c", "|n");
    }

    @Test
    void sortingMoreThanTheLimitOfMemoryFails() {
        @Nullable Object[][] rows = new @Nullable Object[2000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i, "some text that fills memory " + i);
        }
        PhysicalNode plan =
                new PhysicalNode.Sort(
                        Plans.values(List.of(NUMBER, NAME), rows), List.of(ascending(NAME)), null);
        assertThatThrownBy(() -> run(plan, new TestContext(50_000, List.of())))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception ->
                                assertThat(exception.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
        assertThat(run(plan, new TestContext(1 << 20, List.of()))).hasSize(2000);
    }
}
