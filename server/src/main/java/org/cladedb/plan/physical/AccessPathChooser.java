package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ArraySubquery;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.types.SqlType;

/// Chooses how to find the rows of one table that satisfy some conditions.
///
/// Order of preference: one row by a unique key; a subtree by the grouping key; a range of the
/// hkey; the index with the most equal columns; lists of such keys; everything.
final class AccessPathChooser {
    private final CatalogSnapshot catalog;
    private final Statistics statistics;
    private int nextElementColumn = -1;

    AccessPathChooser(CatalogSnapshot catalog, Statistics statistics) {
        this.catalog = catalog;
        this.statistics = statistics;
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
        SlotConditions bySlot = new SlotConditions(slots, columns, conditions);
        if (bySlot.isEmpty()) {
            return full(table);
        }
        List<Choice> choices = new ArrayList<>();
        addKeyLookups(table, bySlot, choices);
        addRootRange(table, bySlot, choices);
        for (Index index : table.indexes()) {
            if (!index.isHkey() && index.predicate() == null) {
                addIndexRange(table, index, bySlot, choices);
            }
        }
        Choice best = full(table);
        for (Choice choice : choices) {
            if (cost(choice) < cost(best)) {
                best = choice;
            }
        }
        return best;
    }

    private double cost(Choice choice) {
        return choice.rows() + JoinPlanner.LOOKUP_COST * keysOfSubquery(choice.path());
    }

    /// How many keys a path takes out of a subquery, each of them a lookup; 0 for other paths.
    private double keysOfSubquery(AccessPath path) {
        return path instanceof AccessPath.Each each
                        && each.array() instanceof ArraySubquery keys
                        && keys.plan() instanceof LogicalNode plan
                ? LogicalRows.of(plan, statistics)
                : 0;
    }

    private Choice full(Table table) {
        return new Choice(new AccessPath.Full(false), List.of(), statistics.rows(table));
    }

    private void addKeyLookups(Table table, SlotConditions bySlot, List<Choice> choices) {
        Optional<Index> primaryKey = table.primaryKey();
        if (primaryKey.isPresent()) {
            List<Integer> key =
                    primaryKey.get().columns().stream().map(Index.IndexColumn::slot).toList();
            addBelow(table, table, key, bySlot, choices);
        }
        Optional<ForeignKey> grouping = table.groupingForeignKey();
        if (grouping.isPresent()) {
            Table parent = catalog.table(grouping.get().referencedTableOid());
            if (parent != null) {
                addBelow(table, parent, pairedWithKey(parent, grouping.get()), bySlot, choices);
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
            Table table,
            Table ancestor,
            List<Integer> slots,
            SlotConditions bySlot,
            List<Choice> choices) {
        List<TypedExpression> key = new ArrayList<>();
        List<TypedExpression> used = new ArrayList<>();
        for (int slot : slots) {
            Condition condition = bySlot.find(slot, Condition.Kind.EQUAL);
            if (condition == null) {
                break;
            }
            key.add(condition.value());
            used.addAll(condition.covered());
        }
        if (key.size() == slots.size()) {
            choices.add(choice(table, new AccessPath.Below(ancestor, key, false), used));
        } else if (slots.size() == 1) {
            Condition any = bySlot.find(slots.getFirst(), Condition.Kind.ANY);
            if (any != null) {
                AccessPath each =
                        each(any, one -> new AccessPath.Below(ancestor, List.of(one), false));
                choices.add(choice(table, each, any.covered()));
            }
        }
    }

    private Choice choice(Table table, AccessPath path, List<TypedExpression> used) {
        double tableRows = statistics.rows(table);
        double keys = keysOfSubquery(path);
        double rows =
                keys > 0 && path instanceof AccessPath.Each each
                        ? keys * Estimates.rows(table, tableRows, each.template())
                        : Estimates.rows(table, tableRows, path);
        return new Choice(path, used, Math.min(rows, tableRows));
    }

    private AccessPath each(Condition any, Function<TypedExpression, AccessPath> template) {
        int elementId = nextElementColumn--;
        SqlType element = ((SqlType.Array) any.value().type()).element();
        return new AccessPath.Each(
                any.value(),
                elementId,
                template.apply(new ColumnReference(elementId, element, "element")));
    }

    private void addRootRange(Table table, SlotConditions bySlot, List<Choice> choices) {
        addRange(
                table,
                bySlot.find(Estimates.hkeySlots(table)),
                bounds -> new AccessPath.KeyRange(bounds, false),
                choices);
    }

    private void addIndexRange(
            Table table, Index index, SlotConditions bySlot, List<Choice> choices) {
        addRange(
                table,
                bySlot.find(slots(index)),
                bounds -> new AccessPath.IndexRange(index, bounds, false),
                choices);
    }

    /// A range, and the values of a list for the column after the equal ones.
    private void addRange(
            Table table,
            SlotConditions.Found found,
            Function<AccessPath.Bounds, AccessPath> path,
            List<Choice> choices) {
        if (!found.isEmpty()) {
            choices.add(choice(table, path.apply(found.bounds()), found.used()));
        }
        Condition next = found.next();
        if (next != null) {
            AccessPath each =
                    each(
                            next,
                            element -> {
                                List<TypedExpression> key = new ArrayList<>(found.bounds().equal());
                                key.add(element);
                                return path.apply(AccessPath.Bounds.equalTo(key));
                            });
            List<TypedExpression> used = new ArrayList<>(found.used());
            used.addAll(next.covered());
            choices.add(choice(table, each, used));
        }
    }

    /// The columns of an index, up to the first that is an expression.
    private static List<Integer> slots(Index index) {
        List<Integer> slots = new ArrayList<>();
        for (Index.IndexColumn column : index.columns()) {
            if (column.slot() <= 0) {
                break;
            }
            slots.add(column.slot());
        }
        return slots;
    }

    /// Every index as far as the conditions allow, also where they say nothing of it: for its
    /// order.
    List<Choice> inOrder(
            Table table,
            List<Integer> slots,
            List<OutputColumn> columns,
            List<TypedExpression> conditions) {
        SlotConditions bySlot = new SlotConditions(slots, columns, conditions);
        List<Choice> choices = new ArrayList<>();
        for (Index index : table.indexes()) {
            if (!index.isHkey() && index.predicate() == null) {
                SlotConditions.Found found = bySlot.find(slots(index));
                choices.add(
                        choice(
                                table,
                                new AccessPath.IndexRange(index, found.bounds(), false),
                                found.used()));
            }
        }
        return choices;
    }
}
