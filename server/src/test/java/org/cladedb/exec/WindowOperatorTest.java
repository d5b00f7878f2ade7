package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.exec.Plans.ascending;
import static org.cladedb.exec.Plans.constant;
import static org.cladedb.exec.Plans.descending;
import static org.cladedb.exec.Plans.integer;
import static org.cladedb.exec.Plans.row;
import static org.cladedb.exec.Plans.run;
import static org.cladedb.exec.Plans.text;

import java.util.Arrays;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionDefinition.WindowKind;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.ir.WindowCall.Bound;
import org.cladedb.plan.ir.WindowCall.Frame;
import org.cladedb.plan.ir.WindowCall.Mode;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.plan.physical.PhysicalNode.Window.Wanted;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;

/// Window functions, and aggregates over frames.
class WindowOperatorTest {
    private static final OutputColumn PART = text(1);
    private static final OutputColumn KEY = integer(2);

    private static PhysicalNode input() {
        return Plans.values(
                List.of(PART, KEY),
                row("b", 7),
                row("a", 1),
                row("a", 4),
                row("b", null),
                row("a", 2),
                row("a", 2));
    }

    /// The column of one call, for the rows of a (1, 2, 2, 4) and then b (7, NULL).
    private static List<String> compute(AggregateCall call, SortKey order, Frame frame) {
        WindowCall window = new WindowCall(call, List.of(PART.reference()), List.of(order), frame);
        List<SortKey> keys = List.of(ascending(PART), order);
        PhysicalNode sorted = new PhysicalNode.Sort(input(), keys, null);
        return run(new PhysicalNode.Window(sorted, List.of(window), Wanted.ALL)).stream()
                .map(line -> line.substring(line.lastIndexOf('|') + 1))
                .toList();
    }

    private static List<String> compute(
            WindowKind kind, SqlType type, TypedExpression... arguments) {
        return compute(function(kind, type, arguments), ascending(KEY), Frame.DEFAULT);
    }

    private static AggregateCall function(
            WindowKind kind, SqlType type, TypedExpression... arguments) {
        List<SqlType> types = Arrays.stream(arguments).map(TypedExpression::type).toList();
        FunctionDefinition definition =
                new FunctionDefinition(
                        1,
                        "f",
                        types,
                        types.size(),
                        type,
                        false,
                        false,
                        FunctionDefinition.Volatility.IMMUTABLE,
                        new FunctionDefinition.Window(kind));
        return new AggregateCall(
                OutputColumn.computed(9, "f", type),
                new FunctionRegistry.Resolved(definition, types, type),
                List.of(arguments),
                false,
                List.of(),
                null);
    }

    @Test
    void ranksCountPeersAlike() {
        assertThat(compute(WindowKind.ROW_NUMBER, SqlType.BIGINT))
                .containsExactly("1", "2", "3", "4", "1", "2");
        assertThat(compute(WindowKind.RANK, SqlType.BIGINT))
                .containsExactly("1", "2", "2", "4", "1", "2");
        assertThat(compute(WindowKind.DENSE_RANK, SqlType.BIGINT))
                .containsExactly("1", "2", "2", "3", "1", "2");
        assertThat(compute(WindowKind.PERCENT_RANK, SqlType.DOUBLE).get(3)).isEqualTo("1");
        assertThat(compute(WindowKind.CUME_DIST, SqlType.DOUBLE))
                .containsExactly("0.25", "0.75", "0.75", "1", "0.5", "1");
        assertThat(compute(WindowKind.NTILE, SqlType.INTEGER, constant(3)))
                .containsExactly("1", "1", "2", "3", "1", "2");
    }

    @Test
    void neighboursComeFromThePartitionOrTheFrame() {
        assertThat(compute(WindowKind.LAG, SqlType.INTEGER, KEY.reference()))
                .containsExactly("", "1", "2", "2", "", "7");
        assertThat(
                        compute(
                                WindowKind.LEAD,
                                SqlType.INTEGER,
                                KEY.reference(),
                                constant(2),
                                constant(-1)))
                .containsExactly("2", "4", "-1", "-1", "-1", "-1");
        assertThat(compute(WindowKind.FIRST_VALUE, SqlType.INTEGER, KEY.reference()))
                .containsExactly("1", "1", "1", "1", "7", "7");
        assertThat(compute(WindowKind.LAST_VALUE, SqlType.INTEGER, KEY.reference()))
                .containsExactly("1", "2", "2", "4", "7", "");
        assertThat(compute(WindowKind.NTH_VALUE, SqlType.INTEGER, KEY.reference(), constant(2)))
                .containsExactly("", "2", "2", "2", "", "");
    }

    private static List<String> sums(SortKey order, Frame frame) {
        return compute(Plans.sum(9, KEY.reference(), false), order, frame);
    }

    private static Frame between(
            Mode mode, Bound start, int startOffset, Bound end, int endOffset) {
        return new Frame(
                mode,
                start,
                start == Bound.PRECEDING || start == Bound.FOLLOWING ? constant(startOffset) : null,
                end,
                end == Bound.PRECEDING || end == Bound.FOLLOWING ? constant(endOffset) : null);
    }

    @Test
    void framesDecideWhatIsSummed() {
        assertThat(sums(ascending(KEY), Frame.DEFAULT))
                .containsExactly("1", "5", "5", "9", "7", "7");
        assertThat(
                        sums(
                                ascending(KEY),
                                between(Mode.ROWS, Bound.PRECEDING, 1, Bound.CURRENT_ROW, 0)))
                .containsExactly("1", "3", "4", "6", "7", "7");
        assertThat(sums(ascending(KEY), between(Mode.ROWS, Bound.FOLLOWING, 1, Bound.FOLLOWING, 2)))
                .containsExactly("4", "6", "4", "", "", "");
        assertThat(
                        sums(
                                ascending(KEY),
                                between(Mode.GROUPS, Bound.PRECEDING, 1, Bound.FOLLOWING, 0)))
                .containsExactly("1", "5", "5", "8", "7", "7");
        assertThat(
                        sums(
                                ascending(KEY),
                                between(
                                        Mode.ROWS,
                                        Bound.CURRENT_ROW,
                                        0,
                                        Bound.UNBOUNDED_FOLLOWING,
                                        0)))
                .containsExactly("9", "8", "6", "4", "7", "");
    }

    @Test
    void rangesWithOffsetsCompareValues() {
        assertThat(
                        sums(
                                ascending(KEY),
                                between(Mode.RANGE, Bound.PRECEDING, 1, Bound.FOLLOWING, 1)))
                .containsExactly("5", "5", "5", "4", "7", "");
        assertThat(
                        sums(
                                descending(KEY),
                                between(Mode.RANGE, Bound.PRECEDING, 2, Bound.CURRENT_ROW, 0)))
                .containsExactly("4", "8", "8", "5", "", "7");
    }
}
