package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.jspecify.annotations.Nullable;

/// A node of an executable plan; nodes named as in [LogicalNode] mean the same.
public sealed interface PhysicalNode extends PlanNode {
    record SingleRow() implements PhysicalNode {
        @Override
        public List<OutputColumn> columns() {
            return List.of();
        }
    }

    /// Rows of one table by an access path; `locator`, when there, is the last column.
    ///
    /// @param tableRows how many rows the table is believed to have
    record Scan(
            Table table,
            List<Integer> slots,
            List<OutputColumn> slotColumns,
            @Nullable OutputColumn locator,
            AccessPath path,
            double tableRows)
            implements PhysicalNode {
        public Scan {
            slots = List.copyOf(slots);
            slotColumns = List.copyOf(slotColumns);
        }

        @Override
        public List<OutputColumn> columns() {
            if (locator == null) {
                return slotColumns;
            }
            List<OutputColumn> all = new ArrayList<>(slotColumns);
            all.add(locator);
            return all;
        }
    }

    /// @param key how some rows are found; null for all
    /// @param rows how many there may be
    record SystemScan(
            SystemTable table,
            List<Integer> slots,
            List<OutputColumn> columns,
            @Nullable SystemKey key,
            double rows)
            implements PhysicalNode {
        public SystemScan {
            slots = List.copyOf(slots);
            columns = List.copyOf(columns);
        }
    }

    record Values(List<List<TypedExpression>> rows, List<OutputColumn> columns)
            implements PhysicalNode {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
            columns = List.copyOf(columns);
        }
    }

    record FunctionScan(List<TypedExpression> calls, boolean ordinality, List<OutputColumn> columns)
            implements PhysicalNode {
        public FunctionScan {
            calls = List.copyOf(calls);
            columns = List.copyOf(columns);
        }
    }

    /// @param once whether the predicate does not depend on the input, and is tested before it is
    ///   opened
    record Filter(PhysicalNode input, TypedExpression predicate, boolean once)
            implements PhysicalNode {
        public Filter(PhysicalNode input, TypedExpression predicate) {
            this(input, predicate, false);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    record Project(PhysicalNode input, List<Assignment> assignments) implements PhysicalNode {
        public Project {
            assignments = List.copyOf(assignments);
        }

        @Override
        public List<OutputColumn> columns() {
            return assignments.stream().map(Assignment::column).toList();
        }
    }

    record ProjectSet(PhysicalNode input, List<Assignment> assignments) implements PhysicalNode {
        public ProjectSet {
            assignments = List.copyOf(assignments);
        }

        @Override
        public List<OutputColumn> columns() {
            return assignments.stream().map(Assignment::column).toList();
        }
    }

    /// Builds a hash table of the right side and probes it with the left. Keys pair up, have one
    /// type each side, and NULL never matches. `residual` is the rest of the join condition.
    record HashJoin(
            JoinKind kind,
            PhysicalNode left,
            PhysicalNode right,
            List<TypedExpression> leftKeys,
            List<TypedExpression> rightKeys,
            @Nullable TypedExpression residual)
            implements PhysicalNode {
        public HashJoin {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public List<OutputColumn> columns() {
            return joinColumns(kind, left, right);
        }
    }

    /// For each left row, all right rows. With `rescan` the right side depends on the left row and
    /// is run again; otherwise it is kept in memory. RIGHT and FULL never rescan.
    record NestedLoop(
            JoinKind kind,
            PhysicalNode left,
            PhysicalNode right,
            @Nullable TypedExpression condition,
            boolean rescan)
            implements PhysicalNode {
        @Override
        public List<OutputColumn> columns() {
            return joinColumns(kind, left, right);
        }
    }

    /// The rows of `input` whose `keys` equal the values of `probes`, which refer to outer columns:
    /// how a correlated subquery reads a table with no fitting access path. The input depends on
    /// nothing outside and is read once per execution, into a hash table that is kept while the
    /// node is opened again and again. NULL never matches. `residual` may refer to both.
    record HashLookup(
            PhysicalNode input,
            List<TypedExpression> keys,
            List<TypedExpression> probes,
            @Nullable TypedExpression residual)
            implements PhysicalNode {
        public HashLookup {
            keys = List.copyOf(keys);
            probes = List.copyOf(probes);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// A join along grouping keys done by one group scan: each row of the last member with its
    /// ancestors. Members form one branch, parents first.
    ///
    /// @param tableRows how many rows the first member is believed to have
    record GroupJoin(
            TableGroup group, AccessPath path, double tableRows, List<GroupJoinMember> members)
            implements PhysicalNode {
        public GroupJoin {
            members = List.copyOf(members);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>();
            members.forEach(member -> all.addAll(member.scanColumns()));
            return all;
        }
    }

    /// A table of a [GroupJoin].
    ///
    /// @param outer whether the row above appears also without a row here (LEFT JOIN); never for
    ///   the first
    /// @param filter condition on the columns of this member and those above, applied before outer
    ///   rows are NULL-extended; null for none
    record GroupJoinMember(
            Table table,
            List<Integer> slots,
            List<OutputColumn> scanColumns,
            boolean outer,
            @Nullable TypedExpression filter) {
        public GroupJoinMember {
            slots = List.copyOf(slots);
            scanColumns = List.copyOf(scanColumns);
        }
    }

    /// Rows of one table with nested columns, all levels read by one group scan. Columns: the scan
    /// columns, then the nested ones (JSON text at run time).
    ///
    /// @param path of `table`: Full, KeyRange or Below, forward
    /// @param tableRows how many rows `table` is believed to have
    /// @param filter over the scan columns (and outer ones); null for none
    record NestedGroupScan(
            TableGroup group,
            Table table,
            List<Integer> slots,
            List<OutputColumn> scanColumns,
            AccessPath path,
            double tableRows,
            @Nullable TypedExpression filter,
            List<NestedColumn> nested)
            implements PhysicalNode {
        public NestedGroupScan {
            slots = List.copyOf(slots);
            scanColumns = List.copyOf(scanColumns);
            nested = List.copyOf(nested);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>(scanColumns);
            nested.forEach(column -> all.add(column.column()));
            return all;
        }
    }

    /// A nested column of a [NestedGroupScan].
    record NestedColumn(OutputColumn column, NestedLevel level) {}

    /// Hash aggregation; with `sorted` the input comes grouped and each group is given out when it
    /// ends.
    record Aggregate(
            PhysicalNode input, List<Assignment> groups, List<AggregateCall> calls, boolean sorted)
            implements PhysicalNode {
        public Aggregate {
            groups = List.copyOf(groups);
            calls = List.copyOf(calls);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>();
            groups.forEach(group -> all.add(group.column()));
            calls.forEach(call -> all.add(call.column()));
            return all;
        }
    }

    record Window(PhysicalNode input, List<WindowCall> calls, Wanted wanted)
            implements PhysicalNode {
        /// Which rows of a partition are wanted; others may be given as well.
        ///
        /// @param first those before the first one for which it is not true; null for all
        /// @param run those for which it is true, which come one after the other; null for all
        public record Wanted(@Nullable TypedExpression first, @Nullable TypedExpression run) {
            public static final Wanted ALL = new Wanted(null, null);
        }

        public Window {
            calls = List.copyOf(calls);
        }

        @Override
        public List<OutputColumn> columns() {
            List<OutputColumn> all = new ArrayList<>(input.columns());
            calls.forEach(call -> all.add(call.call().column()));
            return all;
        }
    }

    /// Sorts; with `limit` (a bigint expression) only that many first rows are kept.
    record Sort(PhysicalNode input, List<SortKey> keys, @Nullable TypedExpression limit)
            implements PhysicalNode {
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// LIMIT/OFFSET; `tieKeys` are the sort keys for WITH TIES, empty otherwise.
    record Limit(
            PhysicalNode input,
            @Nullable TypedExpression count,
            @Nullable TypedExpression offset,
            List<SortKey> tieKeys)
            implements PhysicalNode {
        public Limit {
            tieKeys = List.copyOf(tieKeys);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    record Distinct(PhysicalNode input, List<TypedExpression> on) implements PhysicalNode {
        public Distinct {
            on = List.copyOf(on);
        }

        @Override
        public List<OutputColumn> columns() {
            return input.columns();
        }
    }

    /// The rows of all inputs, one after the other: UNION ALL of any number. Columns pair by
    /// position.
    record Append(List<PhysicalNode> inputs, List<OutputColumn> columns) implements PhysicalNode {
        public Append {
            inputs = List.copyOf(inputs);
            columns = List.copyOf(columns);
        }
    }

    /// INTERSECT, or EXCEPT.
    record SetDifference(
            boolean intersect,
            boolean all,
            PhysicalNode left,
            PhysicalNode right,
            List<OutputColumn> columns)
            implements PhysicalNode {
        public SetDifference {
            columns = List.copyOf(columns);
        }
    }

    record With(List<CommonTable> tables, PhysicalNode body) implements PhysicalNode {
        public With {
            tables = List.copyOf(tables);
        }

        @Override
        public List<OutputColumn> columns() {
            return body.columns();
        }
    }

    record CommonTable(
            int id,
            String name,
            PhysicalNode plan,
            @Nullable PhysicalNode recursive,
            boolean unionAll) {}

    record CommonTableScan(int id, String name, List<OutputColumn> columns)
            implements PhysicalNode {
        public CommonTableScan {
            columns = List.copyOf(columns);
        }
    }

    record Insert(PhysicalNode input, Modification.Insert modification) implements PhysicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }

    record Update(PhysicalNode input, Modification.Update modification) implements PhysicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }

    record Delete(PhysicalNode input, Modification.Delete modification) implements PhysicalNode {
        @Override
        public List<OutputColumn> columns() {
            return modification.returningColumns();
        }
    }

    private static List<OutputColumn> joinColumns(
            JoinKind kind, PhysicalNode left, PhysicalNode right) {
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            return left.columns();
        }
        List<OutputColumn> all = new ArrayList<>(left.columns());
        all.addAll(right.columns());
        return all;
    }
}
