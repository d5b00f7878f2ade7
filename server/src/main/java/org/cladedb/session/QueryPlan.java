package org.cladedb.session;

import java.util.List;
import org.cladedb.analysis.AnalyzedStatement;
import org.cladedb.catalog.CatalogReads;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.common.DeepStack;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.RelationLock;
import org.jspecify.annotations.Nullable;

/// A query or modification, analysed and planned against one catalog, with an idle operator tree
/// kept for the next execution. Owned by the session's thread.
final class QueryPlan {
    private final AnalyzedStatement analyzed;
    private final PhysicalNode physical;
    private final CatalogReads reads;
    private final List<String> searchPath;
    private final String conversions;
    private final PlannedSizes sizes;
    private final List<RelationLock> locks;
    private final List<ResultColumn> columns;
    private final boolean modifying;
    private final boolean deep = DeepStack.isCurrent();
    private boolean discarded;
    private CatalogSnapshot catalog;
    private @Nullable ModificationOperator idle;

    /// @param catalog what it was made against
    /// @param reads what was asked of it
    /// @param searchPath where names were looked up
    /// @param conversions the settings by which literals were read
    /// @param sizes of the tables that it was made for
    /// @param locks on what it names
    QueryPlan(
            AnalyzedStatement analyzed,
            PhysicalNode physical,
            CatalogSnapshot catalog,
            CatalogReads reads,
            List<String> searchPath,
            String conversions,
            PlannedSizes sizes,
            List<RelationLock> locks,
            List<ResultColumn> columns,
            boolean modifying) {
        this.analyzed = analyzed;
        this.physical = physical;
        this.catalog = catalog;
        this.reads = reads;
        this.searchPath = searchPath;
        this.conversions = conversions;
        this.sizes = sizes;
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

    /// Whether its text, sent again, would mean the same, and be planned alike.
    boolean isValidFor(DatabaseTransaction transaction, TypedSettings settings) {
        return conversions.equals(settings.conversions())
                && isValidAsPrepared(transaction, settings);
    }

    /// Whether a statement that was prepared with it still means the same: its names do, and what
    /// it asked of the catalog is answered as it was. Its literals keep the values that they had
    /// when it was analysed, as in PostgreSQL. It must also be made for tables as large as they
    /// are.
    boolean isValidAsPrepared(DatabaseTransaction transaction, TypedSettings settings) {
        if (discarded || !searchPath.equals(settings.searchPath())) {
            return false;
        }
        CatalogSnapshot current = transaction.catalog();
        if (catalog != current) {
            if (!reads.holdIn(current)) {
                return false;
            }
            catalog = current;
        }
        return sizes.areGood(transaction, settings.assumedTableRows());
    }

    /// What was found out is to be found out again.
    void discard() {
        discarded = true;
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
