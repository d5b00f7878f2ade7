package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cladedb.exec.explain.PlanExplainer;
import org.cladedb.plan.physical.PhysicalNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// EXPLAIN's text, and what a profiled execution adds; functions in FROM and in the SELECT list.
class PlanExplainerTest {
    private final SqlRunner sql = new SqlRunner();

    @BeforeEach
    void createTable() {
        sql.shop.createWithId("t", "v");
    }

    @AfterEach
    void close() {
        sql.close();
    }

    @Test
    void filtersAndProjectionsBelongToTheirInput() {
        PhysicalNode plan = sql.plan("SELECT v FROM t WHERE v > 5 ORDER BY v DESC");
        assertThat(PlanExplainer.text(plan, null, false))
                .containsExactly(
                        "Sort",
                        "  Sort Key: v DESC",
                        "  ->  Seq Scan on t",
                        "        Filter: (v > 5)");
    }

    @Test
    void profilesShowRowsAndLoops() {
        PhysicalNode plan =
                sql.plan("SELECT x FROM generate_series(1, 10) x WHERE x % 2 = 0 LIMIT 3");
        PlanProfile profile = new PlanProfile();
        try (ModificationOperator operator = PlanCompiler.compile(plan, Plans.REGISTRY, profile)) {
            operator.open(new TestContext());
            while (operator.next()) {
                assertThat(operator.row()[0].longValue() % 2).isZero();
            }
        }
        assertThat(PlanExplainer.text(plan, profile, false))
                .containsExactly(
                        "Limit (actual rows=3 loops=1)",
                        "  ->  Function Scan on generate_series (actual rows=3 loops=1)",
                        "        Function Call: generate_series(1, 10)",
                        "        Filter: ((x % 2) = 0)",
                        "        Rows Removed by Filter: 3");
        assertThat(PlanExplainer.json(plan, profile, false, Map.of()))
                .contains("\"Actual Rows\": 3");
    }

    @Test
    void functionsRunSideBySideUntilTheLongestEnds() {
        assertThat(sql.run("SELECT generate_series(1, 3), unnest(ARRAY['a', 'b']), 7"))
                .containsExactly("1|a|7", "2|b|7", "3||7");
        assertThat(sql.run("SELECT * FROM generate_series(4, 5) WITH ORDINALITY"))
                .containsExactly("4|1", "5|2");
        assertThat(sql.run("SELECT generate_series(1, x) FROM (VALUES (0), (2), (NULL)) v(x)"))
                .containsExactly("1", "2");
    }
}
