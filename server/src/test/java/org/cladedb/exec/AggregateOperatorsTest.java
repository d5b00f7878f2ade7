package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.exec.Plans.ascending;
import static org.cladedb.exec.Plans.descending;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.pass;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;
import static org.cladedb.exec.Plans.text;

import java.util.List;
import java.util.Random;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Hash and sorted aggregation.
class AggregateOperatorsTest {
    private static final OutputColumn KEY = integer(1);
    private static final OutputColumn VALUE = integer(2);
    private static final OutputColumn NAME = text(3);
    private static final List<OutputColumn> COLUMNS = List.of(KEY, VALUE, NAME);

    private static PhysicalNode input() {
        return Plans.values(
                COLUMNS,
                row(1, 10, "x"),
                row(null, 1, "y"),
                row(2, null, "z"),
                row(1, 10, "a"),
                row(null, 2, null),
                row(1, 5, "x"));
    }

    private static PhysicalNode aggregate(
            PhysicalNode input, boolean sorted, AggregateCall... calls) {
        List<Assignment> groups = List.of(pass(10, KEY));
        return new PhysicalNode.Aggregate(input, groups, List.of(calls), sorted);
    }

    @Test
    void nullsFormOneGroupAndAreNotSummed() {
        assertThat(run(aggregate(input(), false, Plans.sum(11, VALUE.reference(), false))))
                .containsExactly("1|25", "|3", "2|");
    }

    @Test
    void distinctCountsEachValueOnce() {
        assertThat(run(aggregate(input(), false, Plans.sum(11, VALUE.reference(), true))))
                .containsExactly("1|15", "|3", "2|");
    }

    @Test
    void orderByAndDistinctDecideTheOrderOfValues() {
        AggregateCall ordered = Plans.join(11, NAME.reference(), false, List.of(descending(NAME)));
        AggregateCall distinct = Plans.join(12, NAME.reference(), true, List.of());
        assertThat(run(aggregate(input(), false, ordered, distinct)))
                .containsExactly("1|x,x,a|a,x", "|y|y", "2|z|z");
    }

    @Test
    void withoutGroupsThereIsOneRowAlsoForNoInput() {
        PhysicalNode none =
                new PhysicalNode.Aggregate(
                        Plans.values(COLUMNS),
                        List.of(),
                        List.of(Plans.sum(11, VALUE.reference(), false)),
                        false);
        assertThat(run(none)).containsExactly("");
        PhysicalNode some =
                new PhysicalNode.Aggregate(
                        input(),
                        List.of(),
                        List.of(Plans.sum(11, VALUE.reference(), false)),
                        false);
        assertThat(run(some)).containsExactly("28");
    }

    @Test
    void hashedAndSortedAggregationAgreeOnRandomRows() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            @Nullable Object[][] rows = new @Nullable Object[random.nextInt(60)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] =
                        row(
                                random.nextInt(5) == 0 ? null : random.nextInt(9),
                                random.nextInt(5) == 0 ? null : random.nextInt(1000),
                                "t" + random.nextInt(4));
            }
            PhysicalNode sorted =
                    new PhysicalNode.Sort(
                            Plans.values(COLUMNS, rows), List.of(ascending(KEY)), null);
            AggregateCall[] calls = {
                Plans.sum(11, VALUE.reference(), false),
                Plans.join(12, NAME.reference(), random.nextBoolean(), List.of())
            };
            assertThat(run(aggregate(sorted, true, calls)))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(run(aggregate(sorted, false, calls)));
        }
    }
}
