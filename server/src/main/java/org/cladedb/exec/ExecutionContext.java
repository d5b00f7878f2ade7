package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;

/// What one execution of a plan works with.
public interface ExecutionContext extends EvaluationContext {
    DatabaseTransaction transaction();

    GroupStore groups();

    /// The snapshot of the statement.
    default CatalogSnapshot catalogSnapshot() {
        return transaction().catalog();
    }

    /// The value of `$index+1`.
    Datum parameter(int index);

    /// All rows of a system table, one cell per column, as this session sees them.
    Iterable<List<Datum>> systemRows(SystemTable table);
}
