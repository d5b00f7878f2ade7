package org.cladedb.session;

import java.util.List;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.catalog.CatalogReads;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.common.DeepStack;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.txn.RelationLock;
import org.jspecify.annotations.Nullable;

/// A query or modification, analysed and planned against one catalog, with an idle operator tree
/// kept for the next execution. Owned by the session's thread.
final class QueryPlan {
    private final AnalyzedStatement analyzed;
    private final PhysicalNode physical;
    private final CatalogReads reads;
    private final String circumstances;
    private final List<RelationLock> locks;
    private final List<ResultColumn> columns;
    private final boolean modifying;
    private final boolean deep = DeepStack.isCurrent();
    private CatalogSnapshot catalog;
    private @Nullable ModificationOperator idle;

    /// @param catalog what it was made against
    /// @param reads what was asked of it
    /// @param circumstances settings that analysis depended on
    /// @param locks on what it names
    QueryPlan(
            AnalyzedStatement analyzed,
            PhysicalNode physical,
            CatalogSnapshot catalog,
            CatalogReads reads,
            String circumstances,
            List<RelationLock> locks,
            List<ResultColumn> columns,
            boolean modifying) {
        this.analyzed = analyzed;
        this.physical = physical;
        this.catalog = catalog;
        this.reads = reads;
        this.circumstances = circumstances;
        this.locks = locks;
        this.columns = columns;
        this.modifying = modifying;
    }

    AnalyzedStatement analyzed() {
        return analyzed;
    }

    PhysicalNode physical() {
        return physical;
    }

    List<ResultColumn> columns() {
        return columns;
    }

    /// What must be locked before it runs.
    List<RelationLock> locks() {
        return locks;
    }

    /// Whether anything in it writes.
    boolean isModifying() {
        return modifying;
    }

    /// Whether it was made on a [DeepStack] and has to run on one.
    boolean isDeep() {
        return deep;
    }

    /// Whether it still means the same: what it asked of the catalog is answered as it was.
    boolean isValidFor(CatalogSnapshot current, String currentCircumstances) {
        if (!circumstances.equals(currentCircumstances)) {
            return false;
        }
        if (catalog != current) {
            if (!reads.holdIn(current)) {
                return false;
            }
            catalog = current;
        }
        return true;
    }

    /// The idle operator; null when it is in use or was never made.
    @Nullable ModificationOperator takeIdle() {
        ModificationOperator operator = idle;
        idle = null;
        return operator;
    }

    /// Gives back a closed operator.
    void giveBack(ModificationOperator operator) {
        idle = operator;
    }
}
