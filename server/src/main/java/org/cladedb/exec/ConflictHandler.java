package org.cladedb.exec;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Modification;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// ON CONFLICT: inserts the proposed row, or finds the row that is in its way and leaves or updates
/// it.
final class ConflictHandler {
    private final Modification.OnConflict onConflict;
    private final NewRow proposed;
    private final @Nullable RowUpdate update;
    // Keys of rows that this statement inserted or updated: it may not update them (again).
    private final RowSet touched;
    private final Datum[] key = Datum.row(1);

    ConflictHandler(
            Modification.Insert insert,
            Modification.OnConflict onConflict,
            NewRow proposed,
            ExpressionCompiler compiler,
            Scope outer) {
        this.onConflict = onConflict;
        this.proposed = proposed;
        Modification.Update change = onConflict.update();
        Scope scope = outer.with(onConflict.excludedColumns(), proposed.cells());
        update =
                change == null
                        ? null
                        : new RowUpdate(
                                change,
                                Datum.row(insert.table().columns().size()),
                                compiler,
                                scope);
        touched = RowSet.spilling(List.of(SqlType.BYTEA), compiler.state());
    }

    /// Writes the proposed row, or updates the row in its way, which then replaces the proposed one
    /// in its cells; false when nothing was written.
    boolean write(TableWriter writer, ExecutionContext context) {
        byte[] conflict = writer.findConflict(proposed.cells(), onConflict.indexOid());
        if (conflict == null) {
            writer.insert(proposed.cells());
            if (update != null) {
                touch(writer.findConflict(proposed.cells(), onConflict.indexOid()));
            }
            return true;
        }
        return update != null && update(update, conflict, writer, context);
    }

    private boolean update(
            RowUpdate change, byte[] conflict, TableWriter writer, ExecutionContext context) {
        if (!touch(conflict)) {
            throw new DatabaseException(
                            SqlState.CARDINALITY_VIOLATION,
                            "ON CONFLICT DO UPDATE command cannot affect row a second time")
                    .withHint(
                            "Ensure that no rows proposed for insertion within the same command"
                                    + " have duplicate constrained values.");
        }
        if (!writer.read(conflict, change.oldCells())) {
            throw new StaleRowException();
        }
        if (!change.compute(context)) {
            return false;
        }
        writer.update(conflict, change.oldCells(), change.newCells());
        for (int i = 0; i < proposed.cells().length; i++) {
            proposed.cells()[i].copyFrom(change.newCells()[i]);
        }
        return true;
    }

    /// Notes a row as written; false when it was already.
    private boolean touch(byte @Nullable [] hkey) {
        if (hkey == null) {
            return true;
        }
        key[0].setBytes(hkey);
        return touched.add(key);
    }

    void clear() {
        touched.clear();
    }
}
