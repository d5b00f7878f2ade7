package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.spill.SpillHost;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// What one execution of a plan works with.
public interface ExecutionContext extends EvaluationContext, SpillHost {
    DatabaseTransaction transaction();

    GroupStore groups();

    /// The snapshot of the statement.
    default CatalogSnapshot catalogSnapshot() {
        return transaction().catalog();
    }

    /// The value of `$index+1`.
    Datum parameter(int index);

    @Override
    void checkCancelled();

    /// The rows of a system table that a search is for, perhaps with others, or all without one:
    /// one cell per column, as this session sees them.
    Iterable<List<Datum>> systemRows(SystemTable table, @Nullable SystemSearch search);
}
