package org.cladedb.plan.physical;

import java.util.List;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.TypedExpression;

/// Rough numbers of rows: they only need to tell few from many.
final class Estimates {
    /// A table that nobody knows anything about.
    static final double TABLE_ROWS = 100_000;

    /// A system table.
    static final double SYSTEM_ROWS = 500;

    /// Rows that a user's object adds to a system table.
    static final double SYSTEM_ROWS_PER_OBJECT = 3;

    /// Children below one parent.
    static final double CHILD_ROWS = 10;

    /// Rows that refer to one row, or have one value of a column that another table's rows name.
    static final double INDEX_ROWS = 10;

    /// Rows with one value of any other column with an index.
    static final double VALUE_ROWS = 100;

    /// Elements of a list of keys.
    static final double LIST_LENGTH = 10;

    private Estimates() {}

    static double rows(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.SingleRow _ -> 1;
            case PhysicalNode.Scan scan -> rows(scan.table(), scan.tableRows(), scan.path());
            case PhysicalNode.NestedGroupScan scan ->
                    rows(scan.table(), scan.tableRows(), scan.path());
            case PhysicalNode.SystemScan scan -> scan.rows();
            case PhysicalNode.Values values -> values.rows().size();
            case PhysicalNode.FunctionScan _ -> 100;
            case PhysicalNode.Filter filter ->
                    rows(filter.input()) * Selectivity.of(filter.predicate());
            case PhysicalNode.Project project -> rows(project.input());
            case PhysicalNode.ProjectSet project -> rows(project.input()) * 10;
            case PhysicalNode.HashJoin join ->
                    joined(
                            join.kind(),
                            rows(join.left()),
                            rows(join.right()),
                            1
                                    / Math.max(
                                            DistinctValues.of(join.left(), join.leftKeys()),
                                            DistinctValues.of(join.right(), join.rightKeys())));
            case PhysicalNode.NestedLoop join ->
                    joined(
                            join.kind(),
                            rows(join.left()),
                            rows(join.right()) * (join.rescan() ? more(join) : 1),
                            join.condition() == null ? 1 : Selectivity.of(join.condition()));
            case PhysicalNode.GroupJoin join ->
                    rows(join.members().getFirst().table(), join.tableRows(), join.path())
                            * Math.pow(CHILD_ROWS, join.members().size() - 1);
            case PhysicalNode.HashLookup _ -> INDEX_ROWS;
            case PhysicalNode.Aggregate aggregate ->
                    aggregate.groups().isEmpty() ? 1 : Math.max(1, rows(aggregate.input()) / 10);
            case PhysicalNode.Window window -> rows(window.input());
            case PhysicalNode.Sort sort -> rows(sort.input());
            case PhysicalNode.Limit limit -> Math.min(100, rows(limit.input()));
            case PhysicalNode.Distinct distinct -> Math.max(1, rows(distinct.input()) / 2);
            case PhysicalNode.Append append ->
                    append.inputs().stream().mapToDouble(Estimates::rows).sum();
            case PhysicalNode.SetDifference operation -> Math.max(1, rows(operation.left()) / 2);
            case PhysicalNode.With with -> rows(with.body());
            case PhysicalNode.CommonTableScan _ -> 1_000;
            case PhysicalNode.Insert _, PhysicalNode.Update _, PhysicalNode.Delete _ -> 1;
        };
    }

    /// How many times more rows a lookup gives than [#rows(Table, AccessPath)] says, for what is
    /// known of the values looked up.
    private static double more(PhysicalNode.NestedLoop join) {
        PhysicalNode right = join.right();
        while (right instanceof PhysicalNode.Filter filter) {
            right = filter.input();
        }
        return right instanceof PhysicalNode.Scan scan
                ? more(join.left(), scan.table(), scan.tableRows(), scan.path())
                : 1;
    }

    /// The rows of `table` are spread over those of the table whose key is looked up. Values of a
    /// column that is no key of `left` are likely to be no key's of `table` either.
    static double more(PhysicalNode left, Table table, double tableRows, AccessPath path) {
        if (!(path instanceof AccessPath.IndexRange range)
                || rows(table, tableRows, path) != INDEX_ROWS
                || range.index().unique()
                || range.bounds().equal().size() != 1) {
            return 1;
        }
        double keys = DistinctValues.ofKey(left, range.bounds().equal());
        if (keys > 0) {
            return Math.max(1, tableRows / keys / INDEX_ROWS);
        }
        return !isReference(table, range.index().columns().getFirst().slot())
                        && DistinctValues.areOfNoKey(left, range.bounds().equal())
                ? VALUE_ROWS / INDEX_ROWS
                : 1;
    }

    /// What finding a row by a path costs, in rows of a scan: an index says only where it is.
    static double fetchCost(AccessPath path) {
        return path instanceof AccessPath.IndexRange ? JoinPlanner.LOOKUP_COST : 1;
    }

    /// How many rows are read to compute the node once.
    static double read(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.Filter filter -> read(filter.input());
            case PhysicalNode.Project project -> read(project.input());
            case PhysicalNode.Sort sort -> read(sort.input());
            case PhysicalNode.Limit limit -> read(limit.input());
            case PhysicalNode.Window window -> read(window.input());
            case PhysicalNode.Aggregate aggregate -> read(aggregate.input());
            case PhysicalNode.Distinct distinct -> read(distinct.input());
            case PhysicalNode.Append append ->
                    append.inputs().stream().mapToDouble(Estimates::read).sum();
            case PhysicalNode.HashJoin join -> read(join.left()) + read(join.right());
            case PhysicalNode.NestedLoop join ->
                    read(join.left())
                            + (join.rescan() ? rows(join.left()) : 1) * read(join.right());
            case PhysicalNode.Scan scan when scan.path() instanceof AccessPath.Each each ->
                    rows(scan) + ofSubquery(each.array());
            case PhysicalNode other -> rows(other);
        };
    }

    private static double ofSubquery(TypedExpression array) {
        return array instanceof TypedExpression.ArraySubquery query
                        && query.plan() instanceof PhysicalNode plan
                ? read(plan) + rows(plan) * JoinPlanner.LOOKUP_COST
                : 0;
    }

    /// How many rows of `table` a path gives.
    ///
    /// @param tableRows how many the table has
    static double rows(Table table, double tableRows, AccessPath path) {
        return switch (path) {
            case AccessPath.Full _ -> tableRows;
            case AccessPath.KeyRange range ->
                    rows(table, tableRows, hkeySlots(table), true, range.bounds());
            case AccessPath.Below below -> below.ancestor().oid() == table.oid() ? 1 : CHILD_ROWS;
            case AccessPath.IndexRange range ->
                    rows(
                            table,
                            tableRows,
                            range.index().columns().stream().map(Index.IndexColumn::slot).toList(),
                            range.index().unique(),
                            range.bounds());
            case AccessPath.Each each ->
                    Math.min(
                            tableRows,
                            length(each.array()) * rows(table, tableRows, each.template()));
        };
    }

    /// How many elements an array has.
    static double length(TypedExpression array) {
        return switch (array) {
            case TypedExpression.ArrayConstructor constructor -> constructor.elements().size();
            case TypedExpression.ArraySubquery query
                    when query.plan() instanceof PhysicalNode plan ->
                    rows(plan);
            case TypedExpression _ -> LIST_LENGTH;
        };
    }

    /// The columns of the hkey from the root down.
    static List<Integer> hkeySlots(Table table) {
        return table.hkey().segments().stream()
                .flatMap(segment -> segment.parts().stream())
                .map(HKey.Part::slot)
                .toList();
    }

    private static double rows(
            Table table,
            double tableRows,
            List<Integer> key,
            boolean unique,
            AccessPath.Bounds bounds) {
        int equal = bounds.equal().size();
        if (unique && equal == key.size()) {
            return 1;
        }
        double rows = tableRows;
        if (equal > 0) {
            boolean few = unique || equal > 1 || isReference(table, key.getFirst());
            rows = Math.min(rows, few || isOfRow(bounds.equal()) ? INDEX_ROWS : VALUE_ROWS);
        }
        boolean from = bounds.lower() != null;
        boolean to = bounds.upper() != null;
        double part = from && to ? Selectivity.BETWEEN : from || to ? Selectivity.RANGE : 1;
        return Math.max(1, rows * part);
    }

    static boolean isReference(Table table, int slot) {
        return table.constraints().foreignKeys().stream()
                .anyMatch(key -> key.columns().contains(slot));
    }

    /// Whether a key comes from the rows of something else, which tells rows apart better than a
    /// constant: those are often about states or kinds.
    private static boolean isOfRow(List<TypedExpression> key) {
        // Elements of lists have negative numbers.
        return key.stream()
                .anyMatch(value ->
                        Expressions.references(value).stream().anyMatch(column -> column >= 0));
    }

    /// @param selectivity which part of the pairs match
    private static double joined(JoinKind kind, double left, double right, double selectivity) {
        double inner = left * right * selectivity;
        return switch (kind) {
            case INNER -> inner;
            case LEFT -> Math.max(left, inner);
            case RIGHT -> Math.max(right, inner);
            case FULL -> Math.max(left + right, inner);
            case SEMI, ANTI -> Math.max(1, left / 2);
        };
    }
}
