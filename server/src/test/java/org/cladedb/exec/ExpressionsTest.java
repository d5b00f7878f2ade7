package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cladedb.exec.Plans.call;
import static org.cladedb.exec.Plans.constant;
import static org.cladedb.exec.Plans.equal;
import static org.cladedb.exec.Plans.filter;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.operator;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;
import static org.cladedb.exec.Plans.text;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Three-valued logic, membership and subqueries.
class ExpressionsTest {
    private static final OutputColumn OUTER = integer(1);
    private static final OutputColumn INNER = integer(2);
    private static final OutputColumn NAME = text(3);
    private static final TypedExpression NOTHING = Plans.nothing(SqlType.BOOLEAN);

    /// The value of an expression, computed for each of the values 1, 2 and NULL of [#OUTER].
    private static List<String> evaluate(TypedExpression expression) {
        PhysicalNode input = Plans.values(List.of(OUTER), row(1), row(2), row((Object) null));
        OutputColumn result = OutputColumn.computed(99, "result", expression.type());
        return run(new PhysicalNode.Project(input, List.of(new Assignment(result, expression))));
    }

    private static TypedExpression isOne() {
        return call("=", OUTER.reference(), constant(1));
    }

    @Test
    void logicHasThreeValues() {
        assertThat(evaluate(isOne())).containsExactly("t", "f", "");
        assertThat(evaluate(new TypedExpression.Not(isOne()))).containsExactly("f", "t", "");
        assertThat(evaluate(new TypedExpression.And(List.of(isOne(), NOTHING))))
                .containsExactly("", "f", "");
        assertThat(evaluate(new TypedExpression.Or(List.of(isOne(), NOTHING))))
                .containsExactly("t", "", "");
        assertThat(evaluate(new TypedExpression.BooleanTest(isOne(), false, true)))
                .containsExactly("t", "f", "t");
        assertThat(evaluate(new TypedExpression.IsDistinct(OUTER.reference(), constant(1), false)))
                .containsExactly("f", "t", "t");
    }

    private static TypedExpression in(@Nullable Integer... items) {
        List<TypedExpression> list = new ArrayList<>();
        for (@Nullable Integer item : items) {
            list.add(constant(item));
        }
        return new TypedExpression.InList(
                OUTER.reference(), list, operator("=", SqlType.INTEGER, SqlType.INTEGER));
    }

    @Test
    void inListsHaveThreeValuesComparedOrHashed() {
        assertThat(evaluate(in(1, 5))).containsExactly("t", "f", "");
        assertThat(evaluate(in(1, null))).containsExactly("t", "", "");
        assertThat(evaluate(in(1, 11, 12, 13, 14, 15, 16, 17, 18, 19)))
                .containsExactly("t", "f", "");
        assertThat(evaluate(in(1, 11, 12, 13, 14, 15, 16, 17, null, 19)))
                .containsExactly("t", "", "");
    }

    private static TypedExpression array(String operator, boolean all, @Nullable Integer... items) {
        List<TypedExpression> list = new ArrayList<>();
        for (@Nullable Integer item : items) {
            list.add(constant(item));
        }
        return new TypedExpression.ArrayComparison(
                OUTER.reference(),
                operator(operator, SqlType.INTEGER, SqlType.INTEGER),
                new TypedExpression.ArrayConstructor(list, SqlType.arrayOf(SqlType.INTEGER)),
                all);
    }

    @Test
    void anyAndAllOfArraysHaveThreeValues() {
        assertThat(evaluate(array("=", false, 1, 3))).containsExactly("t", "f", "");
        assertThat(evaluate(array("=", false, 1, null))).containsExactly("t", "", "");
        assertThat(evaluate(array("=", false))).containsExactly("f", "f", "f");
        assertThat(evaluate(array("<>", true, 1, 3))).containsExactly("f", "t", "");
        assertThat(evaluate(array("<>", true, 1, null))).containsExactly("f", "", "");
        assertThat(evaluate(array("<>", true))).containsExactly("t", "t", "t");
        assertThat(evaluate(array("<", false, 2, 0))).containsExactly("t", "f", "");
        assertThat(evaluate(array("<", true, 3, null))).containsExactly("", "", "");
    }

    private static TypedExpression subquery(
            String operator, boolean all, boolean correlated, @Nullable Integer... items) {
        @Nullable Object[][] rows = new @Nullable Object[items.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(items[i]);
        }
        PhysicalNode plan = Plans.values(List.of(INNER), rows);
        if (correlated) {
            TypedExpression always =
                    new TypedExpression.IsDistinct(OUTER.reference(), constant(-1), false);
            plan = filter(plan, always);
        }
        return new TypedExpression.QuantifiedSubquery(
                List.of(OUTER.reference()),
                List.of(operator(operator, SqlType.INTEGER, SqlType.INTEGER)),
                plan,
                all);
    }

    @Test
    void anyAndAllOfSubqueriesHaveThreeValues() {
        for (boolean correlated : new boolean[] {false, true}) {
            assertThat(evaluate(subquery("=", false, correlated, 1, 3)))
                    .containsExactly("t", "f", "");
            assertThat(evaluate(subquery("=", false, correlated, 1, null)))
                    .containsExactly("t", "", "");
            assertThat(evaluate(subquery("=", false, correlated))).containsExactly("f", "f", "f");
            assertThat(evaluate(subquery("<>", true, correlated, 1, 3)))
                    .containsExactly("f", "t", "");
            assertThat(evaluate(subquery("<>", true, correlated))).containsExactly("t", "t", "t");
            assertThat(evaluate(subquery(">", false, correlated, 1, null)))
                    .containsExactly("", "t", "");
            assertThat(evaluate(subquery(">=", true, correlated, 1, null)))
                    .containsExactly("", "", "");
        }
    }

    @Test
    void inOfSeveralColumnsIsUnknownWhereNullsDecide() {
        PhysicalNode plan =
                Plans.values(List.of(INNER, NAME), row(1, "a"), row(2, null), row(7, "b"));
        TypedExpression in =
                new TypedExpression.QuantifiedSubquery(
                        List.of(OUTER.reference(), constant("a")),
                        List.of(
                                operator("=", SqlType.INTEGER, SqlType.INTEGER),
                                operator("=", SqlType.TEXT, SqlType.TEXT)),
                        plan,
                        false);
        assertThat(evaluate(in)).containsExactly("t", "", "");
    }

    @Test
    void scalarSubqueriesGiveOneValueOrNull() {
        PhysicalNode rows =
                Plans.values(List.of(INNER, NAME), row(1, "one"), row(2, "two"), row(2, "deux"));
        PhysicalNode matching = filter(rows, equal(INNER, OUTER));
        PhysicalNode name = new PhysicalNode.Project(matching, List.of(Plans.pass(50, NAME)));
        TypedExpression subquery = new TypedExpression.ScalarSubquery(name, SqlType.TEXT);
        assertThatThrownBy(() -> evaluate(subquery))
                .hasMessage("more than one row returned by a subquery used as an expression");
        PhysicalNode first = new PhysicalNode.Limit(name, constant(1L), null, List.of());
        assertThat(evaluate(new TypedExpression.ScalarSubquery(first, SqlType.TEXT)))
                .containsExactly("one", "two", "");
        assertThat(evaluate(new TypedExpression.Exists(matching))).containsExactly("t", "t", "f");
        assertThat(evaluate(new TypedExpression.ArraySubquery(name, SqlType.arrayOf(SqlType.TEXT))))
                .containsExactly("{one}", "{two,deux}", "{}");
    }

    @Test
    void nestedSubqueriesAreWrittenAsJsonAggWritesThem() {
        PhysicalNode rows =
                Plans.values(List.of(INNER, NAME), row(1, "say \"hi\""), row(2, null), row(2, "x"));
        PhysicalNode matching = filter(rows, equal(INNER, OUTER));
        assertThat(evaluate(nested(matching)))
                .containsExactly(
                        "[{\"c2\":1,\"c3\":\"say \\\"hi\\\"\"}]",
                        "[{\"c2\":2,\"c3\":null}, \n {\"c2\":2,\"c3\":\"x\"}]",
                        "[]");
    }

    @Test
    void nestedSubqueriesNestFurther() {
        PhysicalNode innermost =
                filter(
                        Plans.values(List.of(integer(8), integer(9)), row(5, 1), row(6, 1)),
                        equal(integer(9), INNER));
        PhysicalNode middle =
                new PhysicalNode.Project(
                        filter(Plans.values(List.of(INNER), row(1), row(2)), equal(INNER, OUTER)),
                        List.of(
                                Plans.pass(60, INNER),
                                new Assignment(
                                        OutputColumn.computed(61, "deep", nested(innermost).type()),
                                        nested(innermost))));
        assertThat(evaluate(nested(middle)))
                .containsExactly(
                        "[{\"c2\":1,\"deep\":[{\"c8\":5,\"c9\":1}, \n {\"c8\":6,\"c9\":1}]}]",
                        "[{\"c2\":2,\"deep\":[]}]",
                        "[]");
    }

    private static TypedExpression nested(PhysicalNode plan) {
        SqlType.Row row =
                new SqlType.Row(
                        plan.columns().stream()
                                .map(column -> new SqlType.Field(column.name(), column.type()))
                                .toList());
        return new TypedExpression.NestedSubquery(plan, new SqlType.Array(row));
    }

    @Test
    void choicesGiveTheirOperands() {
        TypedExpression choice =
                new TypedExpression.Case(
                        List.of(new TypedExpression.When(isOne(), constant("one"))),
                        constant("other"),
                        SqlType.TEXT);
        assertThat(evaluate(choice)).containsExactly("one", "other", "other");
        assertThat(
                        evaluate(
                                new TypedExpression.Coalesce(
                                        List.of(OUTER.reference(), constant(9)), SqlType.INTEGER)))
                .containsExactly("1", "2", "9");
        assertThat(
                        evaluate(
                                new TypedExpression.NullIf(
                                        OUTER.reference(),
                                        constant(2),
                                        operator("=", SqlType.INTEGER, SqlType.INTEGER))))
                .containsExactly("1", "", "");
        assertThat(
                        evaluate(
                                new TypedExpression.Extreme(
                                        List.of(OUTER.reference(), constant(2)),
                                        true,
                                        SqlType.INTEGER)))
                .containsExactly("2", "2", "2");
    }

    @Test
    void parametersAreReadAtEachExecution() {
        OutputColumn result = integer(99);
        PhysicalNode plan =
                new PhysicalNode.Project(
                        new PhysicalNode.SingleRow(),
                        List.of(
                                new Assignment(
                                        result,
                                        new TypedExpression.Parameter(0, SqlType.INTEGER))));
        assertThat(run(plan, new TestContext(1000, List.of(Datum.ofLong(5))))).containsExactly("5");
    }
}
