package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.exec.Plans.call;
import static org.cladedb.exec.Plans.constant;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;

import java.util.List;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.LogicalNode.SetOperation.Kind;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.junit.jupiter.api.Test;

/// UNION, INTERSECT, EXCEPT, DISTINCT and common tables.
class SetOperatorsTest {
    private static final OutputColumn LEFT = integer(1);
    private static final OutputColumn RIGHT = integer(2);
    private static final OutputColumn OUT = integer(3);

    private static PhysicalNode operation(Kind kind, boolean all) {
        PhysicalNode left =
                Plans.values(
                        List.of(LEFT), row(1), row(2), row(2), row((Object) null), row(2), row(3));
        PhysicalNode right =
                Plans.values(List.of(RIGHT), row(2), row(4), row((Object) null), row(2), row(4));
        if (kind != Kind.UNION) {
            return new PhysicalNode.SetDifference(
                    kind == Kind.INTERSECT, all, left, right, List.of(OUT));
        }
        PhysicalNode both = new PhysicalNode.Append(List.of(left, right), List.of(OUT));
        return all ? both : new PhysicalNode.Distinct(both, List.of());
    }

    @Test
    void unionKeepsAllOrDistinctRows() {
        assertThat(run(operation(Kind.UNION, true)))
                .containsExactly("1", "2", "2", "", "2", "3", "2", "4", "", "2", "4");
        assertThat(run(operation(Kind.UNION, false))).containsExactly("1", "2", "", "3", "4");
    }

    @Test
    void intersectTakesNullsAsEqualAndCountsWithAll() {
        assertThat(run(operation(Kind.INTERSECT, false))).containsExactly("2", "");
        assertThat(run(operation(Kind.INTERSECT, true))).containsExactly("2", "2", "");
    }

    @Test
    void exceptRemovesEachRowOnceWithAll() {
        assertThat(run(operation(Kind.EXCEPT, false))).containsExactly("1", "3");
        assertThat(run(operation(Kind.EXCEPT, true))).containsExactly("1", "2", "3");
    }

    @Test
    void distinctKeepsTheFirstOfEqualRows() {
        PhysicalNode input =
                Plans.values(List.of(LEFT), row(2), row((Object) null), row(2), row((Object) null));
        assertThat(run(new PhysicalNode.Distinct(input, List.of()))).containsExactly("2", "");
    }

    /// `WITH RECURSIVE t(n) AS (VALUES (1) UNION [ALL] SELECT n + step FROM t WHERE n < bound)`.
    private static PhysicalNode.CommonTable numbers(TypedExpression next, boolean all) {
        OutputColumn inner = integer(21);
        PhysicalNode recursive =
                new PhysicalNode.Project(
                        new PhysicalNode.CommonTableScan(7, "t", List.of(inner)),
                        List.of(new Assignment(integer(22), next)));
        return new PhysicalNode.CommonTable(
                7, "t", Plans.values(List.of(integer(20)), row(1)), recursive, all);
    }

    private static PhysicalNode scan(int column) {
        return new PhysicalNode.CommonTableScan(7, "t", List.of(integer(column)));
    }

    @Test
    void limitEndsAnEndlessRecursion() {
        TypedExpression next = call("+", integer(21).reference(), constant(1));
        PhysicalNode body = new PhysicalNode.Limit(scan(30), constant(4L), null, List.of());
        assertThat(run(new PhysicalNode.With(List.of(numbers(next, true)), body)))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void recursiveUnionEndsWhenNothingNewComes() {
        TypedExpression next =
                call("%", call("+", integer(21).reference(), constant(2)), constant(5));
        assertThat(run(new PhysicalNode.With(List.of(numbers(next, false)), scan(30))))
                .containsExactly("1", "3", "0", "2", "4");
    }

    @Test
    void aTableReadTwiceIsComputedOnce() {
        TypedExpression next =
                call("%", call("+", integer(21).reference(), constant(1)), constant(3));
        PhysicalNode both =
                new PhysicalNode.Append(List.of(scan(30), scan(31)), List.of(integer(32)));
        assertThat(run(new PhysicalNode.With(List.of(numbers(next, false)), both)))
                .containsExactly("1", "2", "0", "1", "2", "0");
    }
}
