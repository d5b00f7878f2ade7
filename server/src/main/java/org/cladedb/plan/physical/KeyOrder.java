package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;

/// In which order rows come: ascending by `columns` (all reversed with `descending`), NULLs last;
/// columns in `fixed` have one value only.
///
/// @param columns column numbers, most significant first
/// @param unique whether no two rows are equal in all of `columns`: any further sort keys are then
///   satisfied
public record KeyOrder(
        List<Integer> columns, Set<Integer> fixed, boolean descending, boolean unique) {
    /// No order known.
    public static final KeyOrder NONE = new KeyOrder(List.of(), Set.of(), false, false);

    public KeyOrder {
        columns = List.copyOf(columns);
        fixed = Set.copyOf(fixed);
    }

    /// The hkey order of the rows of a scan that satisfy some conditions.
    public static KeyOrder ofScan(LogicalNode.TableScan scan, List<TypedExpression> conditions) {
        Set<Integer> equal = new HashSet<>();
        for (TypedExpression expression : conditions) {
            Condition condition = Condition.of(expression, scan.slotColumns());
            if (condition != null && condition.kind() == Condition.Kind.EQUAL) {
                equal.add(condition.columnId());
            }
        }
        int levels = scan.table().hkey().segments().size();
        int fixedLevels = isBelowOneParent(scan, equal) ? levels - 1 : 0;
        return ofHKey(scan.table(), scan.slots(), scan.slotColumns(), fixedLevels, false)
                .withFixed(equal);
    }

    private static boolean isBelowOneParent(LogicalNode.TableScan scan, Set<Integer> equal) {
        ForeignKey grouping = scan.table().groupingForeignKey().orElse(null);
        if (grouping == null) {
            return false;
        }
        for (int slot : grouping.columns()) {
            int at = scan.slots().indexOf(slot);
            if (at < 0 || !equal.contains(scan.slotColumns().get(at).id())) {
                return false;
            }
        }
        return true;
    }

    static KeyOrder of(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.Scan scan ->
                    ofPath(scan.table(), scan.slots(), scan.slotColumns(), scan.path());
            case PhysicalNode.NestedGroupScan scan ->
                    ofPath(scan.table(), scan.slots(), scan.scanColumns(), scan.path());
            case PhysicalNode.GroupJoin join -> ofJoin(join);
            case PhysicalNode.Filter filter -> of(filter.input());
            case PhysicalNode.Limit limit -> of(limit.input());
            case PhysicalNode.Window window -> of(window.input());
            case PhysicalNode.Sort sort -> ofSort(sort);
            case PhysicalNode.Project project -> of(project.input()).renamed(project.assignments());
            case PhysicalNode.NestedLoop join -> ofLeft(join.kind(), join.left());
            case PhysicalNode _ -> NONE;
        };
    }

    /// Order by the leading keys that are columns and go in one direction.
    private static KeyOrder ofSort(PhysicalNode.Sort sort) {
        List<Integer> order = new ArrayList<>();
        boolean descending = sort.keys().getFirst().descending();
        for (SortKey key : sort.keys()) {
            if (!(key.expression() instanceof ColumnReference reference)
                    || key.descending() != descending
                    || key.nullsFirst() != descending) {
                break;
            }
            if (!order.contains(reference.columnId())) {
                order.add(reference.columnId());
            }
        }
        return new KeyOrder(order, Set.of(), descending, false);
    }

    /// Nested loops give the rows of their left side in its order, some of them several times. So
    /// do hash joins, but only while they fit in memory.
    private static KeyOrder ofLeft(JoinKind kind, PhysicalNode left) {
        return switch (kind) {
            case SEMI, ANTI -> of(left);
            case INNER, LEFT -> {
                KeyOrder order = of(left);
                yield new KeyOrder(order.columns, order.fixed, order.descending, false);
            }
            case RIGHT, FULL -> NONE;
        };
    }

    private static KeyOrder ofPath(
            Table table, List<Integer> slots, List<OutputColumn> columns, AccessPath path) {
        return switch (path) {
            case AccessPath.Full full -> ofHKey(table, slots, columns, 0, full.reverse());
            case AccessPath.KeyRange range -> ofKeyRange(table, slots, columns, range);
            case AccessPath.Below below -> {
                int depth = 0;
                for (HKey.Segment segment : table.hkey().segments()) {
                    depth++;
                    if (segment.tableOid() == below.ancestor().oid()) {
                        break;
                    }
                }
                yield ofHKey(table, slots, columns, depth, below.reverse());
            }
            case AccessPath.IndexRange range -> ofIndex(table, slots, columns, range);
            case AccessPath.Each _ -> NONE;
        };
    }

    private static KeyOrder ofKeyRange(
            Table table,
            List<Integer> slots,
            List<OutputColumn> columns,
            AccessPath.KeyRange range) {
        Set<Integer> equal = new HashSet<>();
        table.hkey().segments().stream()
                .flatMap(segment -> segment.parts().stream())
                .limit(range.bounds().equal().size())
                .map(part -> slots.indexOf(part.slot()))
                .filter(at -> at >= 0)
                .forEach(at -> equal.add(columns.get(at).id()));
        return ofHKey(table, slots, columns, 0, range.reverse()).withFixed(equal);
    }

    /// Order by the hkey from segment `fixedSegments` on; the segments before have one value.
    private static KeyOrder ofHKey(
            Table table,
            List<Integer> slots,
            List<OutputColumn> columns,
            int fixedSegments,
            boolean descending) {
        Set<Integer> fixed = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        int depth = 0;
        for (HKey.Segment segment : table.hkey().segments()) {
            for (HKey.Part part : segment.parts()) {
                int at = slots.indexOf(part.slot());
                if (depth < fixedSegments) {
                    if (at >= 0) {
                        fixed.add(columns.get(at).id());
                    }
                } else if (at < 0) {
                    return new KeyOrder(order, fixed, descending, false);
                } else {
                    order.add(columns.get(at).id());
                }
            }
            depth++;
        }
        return new KeyOrder(order, fixed, descending, true);
    }

    /// Order by the columns of an index after the equal ones, as far as all go in one direction;
    /// then by the hkey.
    private static KeyOrder ofIndex(
            Table table,
            List<Integer> slots,
            List<OutputColumn> columns,
            AccessPath.IndexRange range) {
        Set<Integer> fixed = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        List<Index.IndexColumn> key = range.index().columns();
        int equal = range.bounds().equal().size();
        boolean falling = equal < key.size() && key.get(equal).descending();
        boolean descending = falling != range.reverse();
        for (int position = 0; position < key.size(); position++) {
            Index.IndexColumn column = key.get(position);
            int at = slots.indexOf(column.slot());
            if (position < equal) {
                if (at >= 0) {
                    fixed.add(columns.get(at).id());
                }
            } else if (at < 0 || column.descending() != falling || column.nullsFirst() != falling) {
                return new KeyOrder(order, fixed, descending, false);
            } else {
                order.add(columns.get(at).id());
            }
        }
        if (falling) {
            return new KeyOrder(order, fixed, descending, false);
        }
        KeyOrder rest = ofHKey(table, slots, columns, 0, descending);
        rest.columns.stream()
                .filter(column -> !order.contains(column) && !fixed.contains(column))
                .forEach(order::add);
        return new KeyOrder(order, fixed, descending, rest.unique);
    }

    private static KeyOrder ofJoin(PhysicalNode.GroupJoin join) {
        List<Integer> order = new ArrayList<>();
        Set<Integer> fixed = new HashSet<>();
        for (PhysicalNode.GroupJoinMember member : join.members()) {
            if (order.isEmpty() && fixed.isEmpty()) {
                KeyOrder first =
                        ofPath(member.table(), member.slots(), member.scanColumns(), join.path());
                order.addAll(first.columns());
                fixed.addAll(first.fixed());
                if (!first.unique()) {
                    return first;
                }
                continue;
            }
            for (HKey.Part part : member.table().hkey().own().parts()) {
                int at = member.slots().indexOf(part.slot());
                if (at < 0) {
                    return new KeyOrder(order, fixed, false, false);
                }
                order.add(member.scanColumns().get(at).id());
            }
        }
        return new KeyOrder(order, fixed, false, true);
    }

    /// The same where the columns `equal` have one value only.
    private KeyOrder withFixed(Set<Integer> equal) {
        List<Integer> rest = columns.stream().filter(column -> !equal.contains(column)).toList();
        Set<Integer> all = new HashSet<>(fixed);
        all.addAll(equal);
        return new KeyOrder(rest, all, descending, unique);
    }

    private KeyOrder renamed(List<Assignment> assignments) {
        List<Integer> renamed = new ArrayList<>();
        for (int column : columns) {
            int name = nameOf(column, assignments);
            if (name < 0) {
                return new KeyOrder(renamed, renamedFixed(assignments), descending, false);
            }
            renamed.add(name);
        }
        return new KeyOrder(renamed, renamedFixed(assignments), descending, unique);
    }

    private Set<Integer> renamedFixed(List<Assignment> assignments) {
        Set<Integer> renamed = new HashSet<>();
        for (int column : fixed) {
            int name = nameOf(column, assignments);
            if (name >= 0) {
                renamed.add(name);
            }
        }
        return renamed;
    }

    private static int nameOf(int column, List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            if (assignment.expression() instanceof ColumnReference reference
                    && reference.columnId() == column) {
                return assignment.column().id();
            }
        }
        return -1;
    }

    /// Whether rows in this order are sorted by `keys`.
    public boolean satisfies(List<SortKey> keys) {
        int next = 0;
        for (SortKey key : keys) {
            if (!(key.expression() instanceof ColumnReference reference)) {
                return false;
            }
            if (fixed.contains(reference.columnId())) {
                continue;
            }
            if (next == columns.size()) {
                return unique;
            }
            if (columns.get(next) != reference.columnId()
                    || key.descending() != descending
                    || key.nullsFirst() != descending) {
                return false;
            }
            next++;
        }
        return true;
    }
}
