package org.cladedb.plan.physical;

import org.cladedb.plan.ir.JoinKind;

/// Rough numbers of rows, until ANALYZE gathers real ones: they only need to tell few from many.
final class Estimates {
    /// A table nobody knows anything about.
    static final double TABLE_ROWS = 100_000;

    /// A system table.
    static final double SYSTEM_ROWS = 500;

    /// Rows that a user's object adds to a system table.
    static final double SYSTEM_ROWS_PER_OBJECT = 3;

    /// Children below one parent.
    static final double CHILD_ROWS = 10;

    /// Rows for one value of a non-unique index.
    static final double INDEX_ROWS = 20;

    /// Elements of a list of keys.
    static final double LIST_LENGTH = 10;

    /// What a condition of any kind leaves.
    static final double FILTER_SELECTIVITY = 0.3;

    private Estimates() {}

    static double rows(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.SingleRow _ -> 1;
            case PhysicalNode.Scan scan -> rows(scan.path());
            case PhysicalNode.NestedGroupScan scan -> rows(scan.path());
            case PhysicalNode.SystemScan scan -> scan.rows();
            case PhysicalNode.Values values -> values.rows().size();
            case PhysicalNode.FunctionScan _ -> 100;
            case PhysicalNode.Filter filter ->
                    Math.max(1, rows(filter.input()) * FILTER_SELECTIVITY);
            case PhysicalNode.Project project -> rows(project.input());
            case PhysicalNode.ProjectSet project -> rows(project.input()) * 10;
            case PhysicalNode.HashJoin join ->
                    joined(join.kind(), rows(join.left()), rows(join.right()), true);
            case PhysicalNode.NestedLoop join ->
                    join.rescan()
                            ? rows(join.left()) * Math.max(1, rows(join.right()))
                            : joined(
                                    join.kind(),
                                    rows(join.left()),
                                    rows(join.right()),
                                    join.condition() != null);
            case PhysicalNode.GroupJoin join ->
                    rows(join.path()) * Math.pow(CHILD_ROWS, join.members().size() - 1);
            case PhysicalNode.HashLookup _ -> INDEX_ROWS;
            case PhysicalNode.Aggregate aggregate ->
                    aggregate.groups().isEmpty() ? 1 : Math.max(1, rows(aggregate.input()) / 10);
            case PhysicalNode.Window window -> rows(window.input());
            case PhysicalNode.Sort sort -> rows(sort.input());
            case PhysicalNode.Limit limit -> Math.min(100, rows(limit.input()));
            case PhysicalNode.Distinct distinct -> Math.max(1, rows(distinct.input()) / 2);
            case PhysicalNode.SetOperation operation ->
                    rows(operation.left()) + rows(operation.right());
            case PhysicalNode.With with -> rows(with.body());
            case PhysicalNode.CommonTableScan _ -> 1_000;
            case PhysicalNode.Insert _, PhysicalNode.Update _, PhysicalNode.Delete _ -> 1;
        };
    }

    /// How many rows are read to compute the node once.
    static double read(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.Filter filter -> read(filter.input());
            case PhysicalNode.Project project -> read(project.input());
            case PhysicalNode.HashJoin join -> read(join.left()) + read(join.right());
            case PhysicalNode.NestedLoop join ->
                    read(join.left())
                            + (join.rescan() ? rows(join.left()) : 1) * read(join.right());
            case PhysicalNode other -> rows(other);
        };
    }

    static double rows(AccessPath path) {
        return switch (path) {
            case AccessPath.Full _ -> TABLE_ROWS;
            case AccessPath.KeyRange range -> range.bounds().equal().isEmpty() ? 20_000 : 100;
            case AccessPath.Below _ -> CHILD_ROWS;
            case AccessPath.IndexRange range ->
                    range.bounds().equal().isEmpty()
                            ? 20_000
                            : range.index().unique() ? 1 : INDEX_ROWS;
            case AccessPath.Each each -> LIST_LENGTH * rows(each.template());
        };
    }

    private static double joined(JoinKind kind, double left, double right, boolean conditional) {
        return switch (kind) {
            case INNER -> conditional ? Math.max(left, right) : left * right;
            case LEFT -> Math.max(left, conditional ? right : left * right);
            case RIGHT -> Math.max(right, left);
            case FULL -> left + right;
            case SEMI, ANTI -> Math.max(1, left / 2);
        };
    }
}
