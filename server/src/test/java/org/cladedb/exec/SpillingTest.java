package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.physical.PhysicalNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators whose rows do not fit in memory: they give what they give with enough of it, and leave
/// no file behind, however they end.
class SpillingTest {
    private static final int WORK_BYTES = 64 << 10;

    private static final String NUMBERS =
            "(select i, (i * 7919 % 10007)::int as k, 'text of ' || (i * 31 % 5003) as t"
                    + " from generate_series(1, 8000) as g(i)) as n";
    private static final String OTHERS =
            "(select i, (i * 7907 % 10007)::int as k, 'other ' || i as t"
                    + " from generate_series(1, 6000) as g(i)) as m";

    private static final String SORT = "select * from " + NUMBERS + " order by t, k";
    private static final String SORT_DESCENDING =
            "select * from " + NUMBERS + " order by t desc, k % 5";
    private static final String SORT_OBJECTS =
            "select array[k, i] as a, row(t, i), k * 1e30::numeric as big from "
                    + NUMBERS
                    + " order by a desc";
    private static final String TOP = "select * from " + NUMBERS + " order by t, k limit 5000";
    private static final String JOIN =
            "select n.i, m.i, m.t from " + NUMBERS + " join " + OTHERS + " on n.k = m.k";
    private static final String LEFT_JOIN =
            "select n.i, m.i, m.t from " + NUMBERS + " left join " + OTHERS + " on n.k = m.k";
    private static final String RIGHT_JOIN =
            "select n.t, m.i, m.t from " + NUMBERS + " right join " + OTHERS + " on n.k = m.k";
    private static final String FULL_JOIN =
            "select n.t, n.k, m.i, m.t from "
                    + NUMBERS
                    + " full join "
                    + OTHERS
                    + " on nullif(n.k % 9000, 5) = nullif(m.k, 7)";
    private static final String RESIDUAL =
            "select n.i, m.i from "
                    + NUMBERS
                    + " left join "
                    + OTHERS
                    + " on n.k = m.k and n.i % 3 > m.i % 3";
    private static final String SEMI_JOIN =
            "select n.i, n.t from " + NUMBERS + " where k in (select k from " + OTHERS + ")";
    private static final String ANTI_JOIN =
            "select n.i, n.t from "
                    + NUMBERS
                    + " where not exists (select from "
                    + OTHERS
                    + " where m.k = n.k)";
    private static final String ONE_KEY =
            "select count(*), sum(n.i), sum(m.i) from (select i, 1 as k from generate_series(1, 100)"
                    + " as g(i)) as n full join (select i, case when i > 10 then 1 end as k,"
                    + " 'wide wide wide ' || i as t from generate_series(1, 6000) as g(i)) as m"
                    + " on n.k = m.k and m.t is not null and n.i <> 5";
    private static final String ONE_KEY_SEMI =
            "select n.i from (select i, i % 2 as k from generate_series(1, 100) as g(i)) as n where"
                    + " exists (select from (select i, 1 as k, 'wide wide wide ' || i as t from"
                    + " generate_series(1, 6000) as g(i)) as m where m.k = n.k and m.i > n.i"
                    + " and m.t <> '')";
    private static final String GROUPS =
            "select t, count(*), sum(i), max(k), min(t) from " + NUMBERS + " group by t";
    private static final String MANY_GROUPS =
            "select k % 3, i, count(*), avg(k) from " + NUMBERS + " group by i, k % 3";
    private static final String DISTINCT_AGGREGATE =
            "select count(distinct t), sum(distinct k) from " + NUMBERS;
    private static final String DISTINCT_AGGREGATES =
            "select i % 10, count(distinct t), count(distinct k) from " + NUMBERS + " group by 1";
    private static final String ORDERED_AGGREGATES =
            "select i % 100, array_agg(t order by k desc, i), string_agg(distinct t, ',') from "
                    + NUMBERS
                    + " group by 1";
    private static final String GROWING =
            "select i % 500, array_agg(i), string_agg(t, ',') from " + NUMBERS + " group by 1";
    private static final String DISTINCT = "select distinct t, k % 7 from " + NUMBERS;
    private static final String DISTINCT_ON =
            "select distinct on (t) t, k from " + NUMBERS + " order by t, k desc";
    private static final String UNION =
            "select k, t from " + NUMBERS + " union select k, 'text of ' || k from " + OTHERS;
    private static final String INTERSECT =
            "select k from " + NUMBERS + " intersect select k from " + OTHERS;
    private static final String INTERSECT_ALL =
            "select k % 4000 from " + NUMBERS + " intersect all select k % 5000 from " + OTHERS;
    private static final String EXCEPT =
            "select k, t from " + NUMBERS + " except select k, 'text of ' || k from " + OTHERS;
    private static final String EXCEPT_ALL =
            "select k % 4000 from " + NUMBERS + " except all select k % 5000 from " + OTHERS;
    private static final String WINDOW =
            "select i, t, row_number() over (partition by k % 3 order by t, i), sum(i) over"
                    + " (order by k rows between 3 preceding and 1 following) from "
                    + NUMBERS;
    private static final String ONE_PARTITION =
            "select i, lag(t, 100) over (order by k, i), first_value(t) over (order by k, i)"
                    + " from "
                    + NUMBERS;
    private static final String COMMON_TABLE =
            "with c as materialized (select * from "
                    + NUMBERS
                    + ") select count(*), sum(a.i), min(b.t) from c as a join c as b on a.i = b.k";
    private static final String RECURSION =
            "with recursive r(n, t) as (select 1, 'row 1' union select n + 1, 'row ' || (n + 1)"
                    + " from r where n < 6000) select * from r";
    private static final String NESTED_LOOP =
            "select count(*), max(m.t) from generate_series(1, 3) as g(i) join "
                    + OTHERS
                    + " on m.i % 1000 > g.i";

    private final SqlRunner runner = new SqlRunner();

    @AfterEach
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SORT,
                SORT_DESCENDING,
                SORT_OBJECTS,
                TOP,
                JOIN,
                LEFT_JOIN,
                RIGHT_JOIN,
                FULL_JOIN,
                RESIDUAL,
                SEMI_JOIN,
                ANTI_JOIN,
                ONE_KEY,
                ONE_KEY_SEMI,
                GROUPS,
                MANY_GROUPS,
                DISTINCT_AGGREGATE,
                DISTINCT_AGGREGATES,
                ORDERED_AGGREGATES,
                GROWING,
                DISTINCT,
                DISTINCT_ON,
                UNION,
                INTERSECT,
                INTERSECT_ALL,
                EXCEPT,
                EXCEPT_ALL,
                WINDOW,
                ONE_PARTITION,
                COMMON_TABLE,
                RECURSION,
                NESTED_LOOP
            })
    void rowsOnDiskAreTheSame(String sql) {
        PhysicalNode plan = runner.plan(sql);
        TestContext enough = new TestContext(512 << 20, List.of());
        List<String> expected = Plans.run(plan, enough);
        assertThat(enough.spilled().made()).isZero();
        TestContext little = TestContext.working(WORK_BYTES);
        List<String> rows = runTwice(plan, little);
        if (sql.contains(" order by ") && !sql.contains("over") && !sql.contains("array_agg")) {
            assertThat(rows).isEqualTo(expected);
        } else {
            assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(little.spilled().writtenBytes()).isGreaterThan(WORK_BYTES);
        assertThat(little.spilled().open()).isZero();
    }

    /// The rows that one group keeps for DISTINCT or ORDER BY need not fit into the memory of the
    /// statement.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(distinct t)",
                "var_pop(distinct i)",
                "corr(distinct k, i)",
                "regr_count(k, i order by t desc, i)",
                "var_samp(distinct k % 3)",
                "var_samp(distinct k order by k desc)"
            })
    void rowsOfOneGroupGoToDisk(String aggregate) {
        PhysicalNode plan = runner.plan("select " + aggregate + " from " + NUMBERS);
        TestContext enough = new TestContext(512 << 20, List.of());
        List<String> expected = Plans.run(plan, enough);
        TestContext little = TestContext.working(WORK_BYTES, 5 * WORK_BYTES);
        assertThat(runTwice(plan, little)).isEqualTo(expected);
        assertThat(little.spilled().open()).isZero();
    }

    /// Where rows of hashing operators come from depends on when memory was full: in any order.
    private static List<String> runTwice(PhysicalNode plan, TestContext context) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        try (ModificationOperator operator = PlanCompiler.compile(plan, Plans.REGISTRY)) {
            for (List<String> rows : List.of(first, second)) {
                operator.open(context);
                while (operator.next()) {
                    rows.add(Plans.show(plan.columns(), operator.row()));
                }
            }
        }
        assertThat(context.memory().usedBytes()).isZero();
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        return first;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SORT, FULL_JOIN, ONE_KEY, GROUPS, GROWING, DISTINCT, EXCEPT, WINDOW, RECURSION
            })
    void noFileIsLeft(String sql) {
        PhysicalNode plan = runner.plan(sql);
        for (int checks = 0; checks < 400; checks = checks * 3 / 2 + 1) {
            TestContext context = TestContext.working(WORK_BYTES);
            context.cancelAfter(checks);
            end(plan, context, SqlState.QUERY_CANCELED, checks < 20);
        }
        for (int bytes = 0; bytes < 1 << 20; bytes = bytes * 2 + 20_000) {
            TestContext context = TestContext.working(WORK_BYTES);
            context.spilled().limitSpace(bytes);
            end(plan, context, SqlState.DISK_FULL, bytes < WORK_BYTES);
        }
    }

    /// Runs a plan that may fail, and after each number of rows ends it.
    private static void end(
            PhysicalNode plan, TestContext context, SqlState failure, boolean mustFail) {
        PlanState state = new PlanState();
        Operator operator =
                new CompiledPlan(
                        new PlanTranslator(Plans.REGISTRY, state, null)
                                .translate(plan, Scope.empty()),
                        state);
        List<SqlState> failures = new ArrayList<>();
        try (operator) {
            operator.open(context);
            while (operator.next()) {}
        } catch (DatabaseException exception) {
            failures.add(exception.state());
        }
        assertThat(failures).allMatch(failure::equals);
        if (mustFail) {
            assertThat(failures).isNotEmpty();
        }
        assertThat(context.spilled().open()).isZero();
        assertThat(state.memory().usedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {SORT, JOIN, GROUPS, WINDOW})
    void aStatementThatIsNotReadToItsEndLeavesNothing(String sql) {
        PhysicalNode plan = runner.plan(sql);
        TestContext context = TestContext.working(WORK_BYTES);
        try (ModificationOperator operator = PlanCompiler.compile(plan, Plans.REGISTRY)) {
            operator.open(context);
            assertThat(operator.next()).isTrue();
            assertThat(context.spilled().open()).isPositive();
        }
        assertThat(context.spilled().open()).isZero();
        assertThat(context.memory().usedBytes()).isZero();
    }

    /// The parts that the rows of a hashing operator come in are few for the memory it has: each
    /// holds a good part of `work_mem`.
    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void partsUseTheMemory(int times) {
        int rows = times * WORK_BYTES / 64;
        String numbers = "generate_series(1, %d) as g(i)".formatted(rows);
        for (String sql :
                List.of(
                        "select i, count(*) from " + numbers + " group by i",
                        "select t, count(*) from (select 'a text of some length ' || i from "
                                + numbers
                                + ") as texts(t) group by t",
                        "select distinct i, i + 1 from " + numbers)) {
            assertThat(batches(sql)).as(sql).isBetween(times / 2, 10 * times);
        }
    }

    /// Into how many parts the operator below the root of a plan divided its rows.
    private int batches(String sql) {
        PhysicalNode plan = runner.plan(sql);
        PhysicalNode hashing =
                plan instanceof PhysicalNode.Project project ? project.input() : plan;
        PlanProfile profile = new PlanProfile();
        PlanState state = new PlanState();
        PlanTranslator translator = new PlanTranslator(Plans.REGISTRY, state, profile);
        try (Operator operator =
                new CompiledPlan(translator.translate(plan, Scope.empty()), state)) {
            operator.open(TestContext.working(WORK_BYTES));
            while (operator.next()) {}
        }
        NodeProfile counted = profile.of(hashing);
        return counted == null ? -1 : counted.batches();
    }

    /// What one group keeps cannot go to disk, nor what finds rows of subqueries and recursion.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select length(string_agg(repeat(t, 10), '')) from " + NUMBERS,
                "select array_length(array_agg(t), 1) from " + NUMBERS,
                "select cardinality(array(select t from " + NUMBERS + "))",
                "select cardinality(array(select array[k, i] from " + NUMBERS + "))",
                "select count(*) from generate_series(1, 9) as g(j) where j = 0 or j in (select"
                        + " i from generate_series(1, 60000) as h(i))",
                "select sum((select count(*) from generate_series(1, 60000) as h(i) where"
                        + " i % 30000 = j)) from generate_series(1, 9) as g(j)",
                "with recursive r(n) as (select 1 union select n + 1 from r where n < 60000)"
                        + " select count(*) from r"
            })
    void whatCannotSpillFails(String sql) {
        PhysicalNode plan = runner.plan(sql);
        TestContext context = TestContext.working(WORK_BYTES, 256 << 10);
        try (ModificationOperator operator = PlanCompiler.compile(plan, Plans.REGISTRY)) {
            assertThatThrownBy(
                            () -> {
                                operator.open(context);
                                operator.next();
                            })
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            failure ->
                                    assertThat(failure.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
        }
        assertThat(context.spilled().open()).isZero();
        assertThat(context.memory().usedBytes()).isZero();
    }
}
