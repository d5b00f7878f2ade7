package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Chooses how to find the rows of one table that satisfy some conditions.
///
/// Order of preference: one row by a unique key; a subtree by the grouping key; a range of the
/// hkey; the index with the most equal columns; lists of such keys; everything.
final class AccessPathChooser {
    private final CatalogSnapshot catalog;
    private int nextElementColumn = -1;

    AccessPathChooser(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /// A path, which conditions it makes superfluous, and roughly how many rows it gives.
    record Choice(AccessPath path, List<TypedExpression> used, double rows) {
        boolean isFull() {
            return path instanceof AccessPath.Full;
        }
    }

    /// Chooses for a scan of `slots` called `columns` under the conjunction of `conditions`.
    Choice choose(
            Table table,
            List<Integer> slots,
            List<OutputColumn> columns,
            List<TypedExpression> conditions) {
        Map<Integer, List<Condition>> bySlot = new HashMap<>();
        for (TypedExpression expression : conditions) {
            Condition condition = Condition.of(expression, columns);
            if (condition != null) {
                int slot = slotOf(condition.columnId(), slots, columns);
                bySlot.computeIfAbsent(slot, _ -> new ArrayList<>()).add(condition);
            }
        }
        if (bySlot.isEmpty()) {
            return full();
        }
        List<Choice> choices = new ArrayList<>();
        addKeyLookups(table, bySlot, choices);
        addRootRange(table, bySlot, choices);
        for (Index index : table.indexes()) {
            if (!index.isHkey() && index.predicate() == null) {
                addIndexRange(index, bySlot, choices);
            }
        }
        Choice best = full();
        for (Choice choice : choices) {
            if (choice.rows() < best.rows()) {
                best = choice;
            }
        }
        return best;
    }

    private static Choice full() {
        return new Choice(new AccessPath.Full(false), List.of(), Estimates.TABLE_ROWS);
    }

    private static int slotOf(int columnId, List<Integer> slots, List<OutputColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return slots.get(i);
            }
        }
        return 0;
    }

    private void addKeyLookups(
            Table table, Map<Integer, List<Condition>> bySlot, List<Choice> choices) {
        Optional<Index> primaryKey = table.primaryKey();
        if (primaryKey.isPresent()) {
            List<Integer> key =
                    primaryKey.get().columns().stream().map(Index.IndexColumn::slot).toList();
            addBelow(table, key, bySlot, 1, choices);
        }
        Optional<ForeignKey> grouping = table.groupingForeignKey();
        if (grouping.isPresent()) {
            Table parent = catalog.table(grouping.get().referencedTableOid());
            if (parent != null) {
                addBelow(
                        parent,
                        pairedWithKey(parent, grouping.get()),
                        bySlot,
                        Estimates.CHILD_ROWS,
                        choices);
            }
        }
    }

    /// The child's slots in the order of the parent's primary key columns.
    private static List<Integer> pairedWithKey(Table parent, ForeignKey grouping) {
        List<Integer> slots = new ArrayList<>();
        for (Index.IndexColumn column : parent.primaryKey().orElseThrow().columns()) {
            int at = grouping.referencedColumns().indexOf(column.slot());
            slots.add(grouping.columns().get(at));
        }
        return slots;
    }

    private void addBelow(
            Table ancestor,
            List<Integer> slots,
            Map<Integer, List<Condition>> bySlot,
            double rows,
            List<Choice> choices) {
        List<Condition> equal = new ArrayList<>();
        for (int slot : slots) {
            Condition condition = find(bySlot, slot, Condition.Kind.EQUAL);
            if (condition == null) {
                break;
            }
            equal.add(condition);
        }
        if (equal.size() == slots.size()) {
            AccessPath path =
                    new AccessPath.Below(
                            ancestor, equal.stream().map(Condition::value).toList(), false);
            choices.add(new Choice(path, sources(equal), rows));
        } else if (slots.size() == 1) {
            Condition any = find(bySlot, slots.getFirst(), Condition.Kind.ANY);
            if (any != null) {
                choices.add(
                        each(
                                any,
                                key -> new AccessPath.Below(ancestor, List.of(key), false),
                                rows));
            }
        }
    }

    private Choice each(
            Condition any,
            java.util.function.Function<TypedExpression, AccessPath> template,
            double rows) {
        int elementId = nextElementColumn--;
        SqlType element = ((SqlType.Array) any.value().type()).element();
        AccessPath path =
                new AccessPath.Each(
                        any.value(),
                        elementId,
                        template.apply(new ColumnReference(elementId, element, "element")));
        return new Choice(path, List.of(any.source()), rows * Estimates.LIST_LENGTH);
    }

    private void addRootRange(
            Table table, Map<Integer, List<Condition>> bySlot, List<Choice> choices) {
        List<Integer> slots = new ArrayList<>();
        for (HKey.Segment segment : table.hkey().segments()) {
            for (HKey.Part part : segment.parts()) {
                slots.add(part.slot());
            }
        }
        Found found = find(bySlot, slots);
        if (!found.isEmpty()) {
            choices.add(
                    new Choice(
                            new AccessPath.KeyRange(found.bounds(), false),
                            found.used(),
                            found.rows()));
        }
    }

    private void addIndexRange(
            Index index, Map<Integer, List<Condition>> bySlot, List<Choice> choices) {
        List<Integer> slots = new ArrayList<>();
        for (Index.IndexColumn column : index.columns()) {
            if (column.slot() <= 0) {
                break;
            }
            slots.add(column.slot());
            if (column.descending() || column.nullsFirst()) {
                break;
            }
        }
        boolean plain =
                index.columns().stream()
                        .noneMatch(column -> column.descending() || column.nullsFirst());
        Found found = plain ? find(bySlot, slots) : find(bySlot, List.of());
        if (!found.isEmpty()) {
            boolean one = index.unique() && found.bounds().equal().size() == index.columns().size();
            choices.add(
                    new Choice(
                            new AccessPath.IndexRange(index, found.bounds(), false),
                            found.used(),
                            one ? 1 : found.rows()));
            return;
        }
        Condition any =
                slots.isEmpty() || !plain
                        ? null
                        : find(bySlot, slots.getFirst(), Condition.Kind.ANY);
        if (any != null) {
            choices.add(
                    each(
                            any,
                            key ->
                                    new AccessPath.IndexRange(
                                            index,
                                            new AccessPath.Bounds(
                                                    List.of(key), null, false, null, false),
                                            false),
                            index.unique() ? 1 : Estimates.INDEX_ROWS));
        }
    }

    /// Bounds on an ordered key, with the conditions they stand for.
    private record Found(AccessPath.Bounds bounds, List<TypedExpression> used) {
        boolean isEmpty() {
            return bounds.equal().isEmpty() && bounds.lower() == null && bounds.upper() == null;
        }

        double rows() {
            double rows = Estimates.TABLE_ROWS / 3;
            for (int i = 0; i < bounds.equal().size(); i++) {
                rows = Math.max(2, rows / 100);
            }
            return bounds.lower() == null && bounds.upper() == null ? rows : rows / 2;
        }
    }

    private static Found find(Map<Integer, List<Condition>> bySlot, List<Integer> slots) {
        List<TypedExpression> equal = new ArrayList<>();
        List<TypedExpression> used = new ArrayList<>();
        int position = 0;
        for (; position < slots.size(); position++) {
            Condition condition = find(bySlot, slots.get(position), Condition.Kind.EQUAL);
            if (condition == null) {
                break;
            }
            equal.add(condition.value());
            used.add(condition.source());
        }
        Condition lower = null;
        Condition upper = null;
        if (position < slots.size()) {
            int slot = slots.get(position);
            lower = first(bySlot, slot, Condition.Kind.GREATER_EQUAL, Condition.Kind.GREATER);
            upper = first(bySlot, slot, Condition.Kind.LESS_EQUAL, Condition.Kind.LESS);
        }
        AccessPath.Bounds bounds =
                new AccessPath.Bounds(
                        equal,
                        lower == null ? null : lower.value(),
                        lower != null && lower.kind() == Condition.Kind.GREATER_EQUAL,
                        upper == null ? null : upper.value(),
                        upper != null && upper.kind() == Condition.Kind.LESS_EQUAL);
        if (lower != null) {
            used.add(lower.source());
        }
        if (upper != null) {
            used.add(upper.source());
        }
        return new Found(bounds, used);
    }

    private static @Nullable Condition first(
            Map<Integer, List<Condition>> bySlot,
            int slot,
            Condition.Kind one,
            Condition.Kind other) {
        Condition found = find(bySlot, slot, one);
        return found == null ? find(bySlot, slot, other) : found;
    }

    private static @Nullable Condition find(
            Map<Integer, List<Condition>> bySlot, int slot, Condition.Kind kind) {
        for (Condition condition : bySlot.getOrDefault(slot, List.of())) {
            if (condition.kind() == kind) {
                return condition;
            }
        }
        return null;
    }

    private static List<TypedExpression> sources(List<Condition> conditions) {
        return conditions.stream().map(Condition::source).toList();
    }
}
