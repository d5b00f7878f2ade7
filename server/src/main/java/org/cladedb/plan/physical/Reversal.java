package org.cladedb.plan.physical;

import org.cladedb.plan.ir.JoinKind;
import org.jspecify.annotations.Nullable;

/// Turns scans round, for `ORDER BY key DESC LIMIT n`.
final class Reversal {
    private Reversal() {}

    /// The same rows in the opposite order; null when the node has no order to turn.
    static @Nullable PhysicalNode reverse(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.Scan scan -> {
                AccessPath path = reverse(scan.path());
                yield path == null
                        ? null
                        : new PhysicalNode.Scan(
                                scan.table(),
                                scan.slots(),
                                scan.slotColumns(),
                                scan.locator(),
                                path,
                                scan.tableRows());
            }
            case PhysicalNode.Filter filter -> {
                PhysicalNode input = reverse(filter.input());
                yield input == null
                        ? null
                        : new PhysicalNode.Filter(input, filter.predicate(), filter.once());
            }
            case PhysicalNode.Project project -> {
                PhysicalNode input = reverse(project.input());
                yield input == null ? null : new PhysicalNode.Project(input, project.assignments());
            }
            case PhysicalNode.HashJoin join when keepsOrder(join.kind()) -> {
                PhysicalNode left = reverse(join.left());
                yield left == null
                        ? null
                        : new PhysicalNode.HashJoin(
                                join.kind(),
                                left,
                                join.right(),
                                join.leftKeys(),
                                join.rightKeys(),
                                join.residual());
            }
            case PhysicalNode.NestedLoop join when keepsOrder(join.kind()) -> {
                PhysicalNode left = reverse(join.left());
                yield left == null
                        ? null
                        : new PhysicalNode.NestedLoop(
                                join.kind(), left, join.right(), join.condition(), join.rescan());
            }
            case PhysicalNode _ -> null;
        };
    }

    private static boolean keepsOrder(JoinKind kind) {
        return kind != JoinKind.RIGHT && kind != JoinKind.FULL;
    }

    private static @Nullable AccessPath reverse(AccessPath path) {
        return switch (path) {
            case AccessPath.Full full -> new AccessPath.Full(!full.reverse());
            case AccessPath.KeyRange range ->
                    new AccessPath.KeyRange(range.bounds(), !range.reverse());
            case AccessPath.Below below ->
                    new AccessPath.Below(below.ancestor(), below.key(), !below.reverse());
            case AccessPath.IndexRange range ->
                    new AccessPath.IndexRange(range.index(), range.bounds(), !range.reverse());
            case AccessPath.Each _ -> null;
        };
    }
}
