package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Translates WITH and the scans of its tables.
final class CommonTables {
    private final PlanTranslator plans;
    private final PlanState state;
    private final Map<Integer, CommonTableData> byId = new HashMap<>();

    CommonTables(PlanTranslator plans, PlanState state) {
        this.plans = plans;
        this.state = state;
    }

    Operator with(PhysicalNode.With node, Scope outer) {
        requireSeparateChanges(node);
        List<CommonTableData> tables = new ArrayList<>();
        List<CommonTableData> modifying = new ArrayList<>();
        for (PhysicalNode.CommonTable table : node.tables()) {
            CommonTableData data = table(table, outer);
            tables.add(data);
            if (modification(table.plan()) != null) {
                modifying.add(data);
            }
        }
        return new WithOperator(tables, modifying, plans.translate(node.body(), outer));
    }

    private CommonTableData table(PhysicalNode.CommonTable table, Scope outer) {
        PhysicalNode recursive = table.recursive();
        boolean unique = recursive != null && !table.unionAll();
        CommonTableData data =
                new CommonTableData(
                        outer,
                        plans.translate(table.plan(), outer),
                        table.plan().columns(),
                        unique,
                        state);
        byId.put(table.id(), data);
        if (recursive != null) {
            data.beginRecursion();
            data.endRecursion(plans.translate(recursive, outer));
        }
        return data;
    }

    Operator scan(PhysicalNode.CommonTableScan node, Scope outer) {
        CommonTableData data = byId.get(node.id());
        if (data == null) {
            throw new IllegalStateException("no common table " + node.name());
        }
        // A subquery that reads rows which change during the execution must not keep its result.
        if (data.isInsideRecursion() || !data.owner().isOutermost()) {
            outer.crossTo(data.owner());
        }
        return new CommonTableScanOperator(data, node.columns().size(), state);
    }

    /// All parts of a statement see the rows as they were before it. Changes are made at once here,
    /// so a table that WITH changes must not be read anywhere else in the statement.
    private static void requireSeparateChanges(PhysicalNode.With node) {
        for (PhysicalNode.CommonTable table : node.tables()) {
            Modification modification = modification(table.plan());
            if (modification == null) {
                continue;
            }
            int changed = modification.table().oid();
            boolean readElsewhere =
                    PhysicalNodes.inputs(node).stream()
                            .anyMatch(part ->
                                    part != table.plan() && PhysicalNodes.reads(part, changed));
            if (readElsewhere) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "reading table \""
                                + modification.table().name()
                                + "\" in the same statement in which WITH changes it is not"
                                + " supported yet");
            }
        }
    }

    private static @Nullable Modification modification(PhysicalNode plan) {
        return switch (plan) {
            case PhysicalNode.Insert insert -> insert.modification();
            case PhysicalNode.Update update -> update.modification();
            case PhysicalNode.Delete delete -> delete.modification();
            default -> null;
        };
    }
}
