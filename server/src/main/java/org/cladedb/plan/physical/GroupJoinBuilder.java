package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.TableGroup;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// Turns joins along the grouping keys of one branch into a single group scan.
///
/// ```
///   Join i.order_id = o.id                       GroupJoin c, o, i
///     Join o.customer_id = c.id          =>
///       c
///       o
///     i
/// ```
///
/// Does not apply when some table of the branch is found much better by a key or index of its own.
final class GroupJoinBuilder {
    private final PhysicalPlanner planner;

    GroupJoinBuilder(PhysicalPlanner planner) {
        this.planner = planner;
    }

    /// The join as a group scan; null where it does not apply.
    @Nullable PhysicalNode build(Join join) {
        List<Member> members = draft(join);
        if (members == null || members.size() < 2) {
            return null;
        }
        Member first = members.getFirst();
        AccessPathChooser.Choice choice =
                planner.chooser()
                        .choose(
                                first.scan.table(),
                                first.scan.slots(),
                                first.scan.slotColumns(),
                                first.conditions);
        TableGroup group = planner.catalog().group(first.scan.table().groupOid());
        if (group == null || !isWorthwhile(choice, members)) {
            return null;
        }
        List<PhysicalNode.GroupJoinMember> built = new ArrayList<>();
        boolean innerBelow = false;
        for (Member member : members.reversed()) {
            List<TypedExpression> conditions = new ArrayList<>(member.conditions);
            if (member == first) {
                conditions.removeAll(choice.used());
            }
            built.addFirst(member.build(planner, conditions, member.outer && !innerBelow));
            innerBelow |= !member.outer;
        }
        return new PhysicalNode.GroupJoin(
                group,
                planner.physical(choice.path()),
                planner.statistics().rows(first.scan.table()),
                built);
    }

    private boolean isWorthwhile(AccessPathChooser.Choice choice, List<Member> members) {
        boolean byKey =
                choice.path() instanceof AccessPath.Below
                        || choice.path() instanceof AccessPath.KeyRange;
        if (byKey) {
            return true;
        }
        if (!choice.isFull()) {
            return false;
        }
        return members.stream()
                .allMatch(member ->
                        planner.chooser()
                                .choose(
                                        member.scan.table(),
                                        member.scan.slots(),
                                        member.scan.slotColumns(),
                                        member.conditions)
                                .isFull());
    }

    /// A table of the branch being put together.
    private static final class Member {
        private final LogicalNode.TableScan scan;
        private final List<TypedExpression> conditions;
        private final boolean outer;

        Member(LogicalNode.TableScan scan, List<TypedExpression> conditions, boolean outer) {
            this.scan = scan;
            this.conditions = new ArrayList<>(conditions);
            this.outer = outer;
        }

        GroupingLink.Side side() {
            return GroupingLink.Side.of(scan);
        }

        PhysicalNode.GroupJoinMember build(
                PhysicalPlanner planner, List<TypedExpression> filters, boolean isOuter) {
            TypedExpression filter = Expressions.and(filters);
            return new PhysicalNode.GroupJoinMember(
                    scan.table(),
                    scan.slots(),
                    scan.slotColumns(),
                    isOuter,
                    filter == null ? null : planner.physical(filter));
        }
    }

    private @Nullable List<Member> draft(LogicalNode node) {
        ScanParts parts = ScanParts.of(node);
        if (parts != null) {
            return parts.scan().locator() != null
                    ? null
                    : new ArrayList<>(List.of(new Member(parts.scan(), parts.conditions(), false)));
        }
        if (!(node instanceof Join join)
                || join.lateral()
                || (join.kind() != JoinKind.INNER && join.kind() != JoinKind.LEFT)) {
            return null;
        }
        List<Member> members = draft(join.left());
        ScanParts right = ScanParts.of(join.right());
        if (members == null || right == null || right.scan().locator() != null) {
            return null;
        }
        List<TypedExpression> conditions = Expressions.conjuncts(join.condition());
        return extend(members, right, conditions, join.kind() == JoinKind.LEFT);
    }

    private static @Nullable List<Member> extend(
            List<Member> members,
            ScanParts right,
            List<TypedExpression> conditions,
            boolean outer) {
        Member added = new Member(right.scan(), right.conditions(), outer);
        GroupingLink down = GroupingLink.find(members.getLast().side(), added.side(), conditions);
        if (down != null) {
            added.conditions.addAll(down.rest());
            members.add(added);
            return members;
        }
        GroupingLink up =
                outer || members.stream().anyMatch(member -> member.outer)
                        ? null
                        : GroupingLink.find(added.side(), members.getFirst().side(), conditions);
        if (up == null) {
            return null;
        }
        members.addFirst(added);
        for (TypedExpression condition : up.rest()) {
            deepest(members, condition).conditions.add(condition);
        }
        return members;
    }

    private static Member deepest(List<Member> members, TypedExpression condition) {
        for (Member member : members.reversed()) {
            List<OutputColumn> columns = member.scan.slotColumns();
            if (Expressions.refersTo(condition, columns)) {
                return member;
            }
        }
        return members.getLast();
    }
}
