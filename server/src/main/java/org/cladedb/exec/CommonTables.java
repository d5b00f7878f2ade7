package org.cladedb.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

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
        SiblingChanges.requireSeparate(modifications(node));
        List<CommonTableData> tables = new ArrayList<>();
        List<CommonTableData> modifying = new ArrayList<>();
        for (PhysicalNode.CommonTable table : node.tables()) {
            CommonTableData data = table(table, outer);
            tables.add(data);
            if (modification(table.plan()) != null) {
                modifying.add(data);
            }
        }
        Operator body = plans.translate(node.body(), outer);
        return new WithOperator(tables, modifying, body, modification(node.body()) != null);
    }

    private static List<Modification> modifications(PhysicalNode.With node) {
        List<Modification> all = new ArrayList<>();
        for (PhysicalNode.CommonTable table : node.tables()) {
            Modification modification = modification(table.plan());
            if (modification != null) {
                all.add(modification);
            }
        }
        Modification body = modification(node.body());
        if (body != null) {
            all.add(body);
        }
        return all;
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

    private static @Nullable Modification modification(PhysicalNode plan) {
        return switch (plan) {
            case PhysicalNode.Insert insert -> insert.modification();
            case PhysicalNode.Update update -> update.modification();
            case PhysicalNode.Delete delete -> delete.modification();
            default -> null;
        };
    }
}
