package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.exec.Plans.call;
import static org.cladedb.exec.Plans.equal;
import static org.cladedb.exec.Plans.filter;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;
import static org.cladedb.exec.Plans.text;

import java.util.List;
import java.util.Random;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Hash joins and nested loops of all kinds.
class JoinOperatorsTest {
    private static final OutputColumn ID = integer(1);
    private static final OutputColumn NAME = text(2);
    private static final OutputColumn REFERENCE = integer(3);
    private static final OutputColumn ITEM = text(4);

    private static PhysicalNode left() {
        return Plans.values(
                List.of(ID, NAME), row(1, "one"), row(2, "two"), row(null, "none"), row(1, "uno"));
    }

    private static PhysicalNode right() {
        return Plans.values(
                List.of(REFERENCE, ITEM), row(1, "a"), row(1, "b"), row(3, "c"), row(null, "d"));
    }

    private static PhysicalNode hash(JoinKind kind, @Nullable TypedExpression residual) {
        return new PhysicalNode.HashJoin(
                kind,
                left(),
                right(),
                List.of(ID.reference()),
                List.of(REFERENCE.reference()),
                residual);
    }

    @Test
    void innerJoinsPairMatchesInTheOrderOfBothInputs() {
        assertThat(run(hash(JoinKind.INNER, null)))
                .containsExactly("1|one|1|a", "1|one|1|b", "1|uno|1|a", "1|uno|1|b");
    }

    @Test
    void leftJoinsKeepRowsWithoutMatch() {
        assertThat(run(hash(JoinKind.LEFT, null)))
                .containsExactly(
                        "1|one|1|a", "1|one|1|b", "2|two||", "|none||", "1|uno|1|a", "1|uno|1|b");
    }

    @Test
    void rightAndFullJoinsKeepRightRowsAlsoWithNullKeys() {
        assertThat(run(hash(JoinKind.RIGHT, null)))
                .containsExactly(
                        "1|one|1|a", "1|one|1|b", "1|uno|1|a", "1|uno|1|b", "||3|c", "|||d");
        assertThat(run(hash(JoinKind.FULL, null)))
                .containsExactly(
                        "1|one|1|a",
                        "1|one|1|b",
                        "2|two||",
                        "|none||",
                        "1|uno|1|a",
                        "1|uno|1|b",
                        "||3|c",
                        "|||d");
    }

    @Test
    void semiAndAntiJoinsGiveLeftRowsOnce() {
        assertThat(run(hash(JoinKind.SEMI, null))).containsExactly("1|one", "1|uno");
        assertThat(run(hash(JoinKind.ANTI, null))).containsExactly("2|two", "|none");
    }

    @Test
    void residualsDecideBeforeOuterRowsAreMade() {
        TypedExpression isB = call("=", ITEM.reference(), Plans.constant("b"));
        assertThat(run(hash(JoinKind.LEFT, isB)))
                .containsExactly("1|one|1|b", "2|two||", "|none||", "1|uno|1|b");
        assertThat(run(hash(JoinKind.RIGHT, isB)))
                .containsExactly("1|one|1|b", "1|uno|1|b", "||1|a", "||3|c", "|||d");
        TypedExpression never = call("=", ITEM.reference(), Plans.constant("z"));
        assertThat(run(hash(JoinKind.SEMI, never))).isEmpty();
        assertThat(run(hash(JoinKind.ANTI, never))).hasSize(4);
    }

    @Test
    void computedKeysAreComparedToo() {
        TypedExpression next = call("+", ID.reference(), Plans.constant(2));
        PhysicalNode plan =
                new PhysicalNode.HashJoin(
                        JoinKind.INNER,
                        left(),
                        right(),
                        List.of(next),
                        List.of(call("+", REFERENCE.reference(), Plans.constant(0))),
                        null);
        assertThat(run(plan)).containsExactly("1|one|3|c", "1|uno|3|c");
    }

    @Test
    void lateralLoopsRunTheRightSideForEachLeftRow() {
        PhysicalNode lateral = filter(right(), equal(REFERENCE, ID));
        assertThat(run(new PhysicalNode.NestedLoop(JoinKind.LEFT, left(), lateral, null, true)))
                .isEqualTo(run(hash(JoinKind.LEFT, null)));
        assertThat(run(new PhysicalNode.NestedLoop(JoinKind.ANTI, left(), lateral, null, true)))
                .isEqualTo(run(hash(JoinKind.ANTI, null)));
    }

    @Test
    void lookupsOpenAgainWithOtherProbes() {
        PhysicalNode lookup =
                new PhysicalNode.HashLookup(
                        right(), List.of(REFERENCE.reference()), List.of(ID.reference()), null);
        assertThat(run(new PhysicalNode.NestedLoop(JoinKind.INNER, left(), lookup, null, true)))
                .isEqualTo(run(hash(JoinKind.INNER, null)));
    }

    @Test
    void hashJoinsAndNestedLoopsAgreeOnRandomRows() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            PhysicalNode left = random(List.of(ID, NAME), random);
            PhysicalNode right = random(List.of(REFERENCE, ITEM), random);
            @Nullable TypedExpression residual =
                    random.nextBoolean() ? call("<", NAME.reference(), ITEM.reference()) : null;
            TypedExpression keys = equal(ID, REFERENCE);
            TypedExpression condition =
                    residual == null ? keys : new TypedExpression.And(List.of(keys, residual));
            for (JoinKind kind : JoinKind.values()) {
                PhysicalNode hash =
                        new PhysicalNode.HashJoin(
                                kind,
                                left,
                                right,
                                List.of(ID.reference()),
                                List.of(REFERENCE.reference()),
                                residual);
                PhysicalNode loop =
                        new PhysicalNode.NestedLoop(kind, left, right, condition, false);
                assertThat(run(hash))
                        .as("seed %d, %s", seed, kind)
                        .containsExactlyElementsOf(run(loop));
            }
        }
    }

    private static PhysicalNode random(List<OutputColumn> columns, Random random) {
        @Nullable Object[][] rows = new @Nullable Object[random.nextInt(40)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] =
                    row(
                            random.nextInt(6) == 0 ? null : random.nextInt(12),
                            random.nextInt(6) == 0 ? null : "t" + random.nextInt(5));
        }
        return Plans.values(columns, rows);
    }
}
