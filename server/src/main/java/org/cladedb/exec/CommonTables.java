package org.cladedb.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
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
        for (int i = 0; i < node.tables().size(); i++) {
            Modification modification = modification(node.tables().get(i).plan());
            if (modification != null && isReadElsewhere(modification.table().oid(), node, i)) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "reading table \""
                                + modification.table().name()
                                + "\" in the same statement in which WITH changes it is not"
                                + " supported yet");
            }
        }
    }

    /// Whether the body, or a common table other than the one at `index`, reads the table.
    private static boolean isReadElsewhere(int tableOid, PhysicalNode.With node, int index) {
        for (int i = 0; i < node.tables().size(); i++) {
            PhysicalNode.CommonTable table = node.tables().get(i);
            PhysicalNode recursive = table.recursive();
            if (i != index
                    && (PhysicalNodes.reads(table.plan(), tableOid)
                            || (recursive != null && PhysicalNodes.reads(recursive, tableOid)))) {
                return true;
            }
        }
        return PhysicalNodes.reads(node.body(), tableOid);
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
