package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;

/// Runs its body with common tables at hand. Those that change rows run when somebody reads them,
/// and to their end when the body has come to its own: the last first, as it may read those before.
final class WithOperator implements ModificationOperator {
    private final List<CommonTableData> tables;
    private final List<CommonTableData> modifying;
    private final Operator body;
    private final boolean bodyModifies;

    /// @param modifying those of `tables` that change rows
    /// @param bodyModifies whether the body changes rows: it has come to its end when it is open
    WithOperator(
            List<CommonTableData> tables,
            List<CommonTableData> modifying,
            Operator body,
            boolean bodyModifies) {
        this.tables = List.copyOf(tables);
        this.modifying = List.copyOf(modifying);
        this.body = body;
        this.bodyModifies = bodyModifies;
    }

    @Override
    public Datum[] row() {
        return body.row();
    }

    @Override
    public void open(ExecutionContext context) {
        tables.forEach(CommonTableData::reset);
        body.open(context);
        if (bodyModifies) {
            completeChanges();
        }
    }

    private void completeChanges() {
        modifying.reversed().forEach(CommonTableData::computeAll);
    }

    @Override
    public boolean next() {
        if (body.next()) {
            return true;
        }
        completeChanges();
        return false;
    }

    @Override
    public long affected() {
        return CompiledPlan.affected(body);
    }

    @Override
    public void close() {
        body.close();
        tables.forEach(CommonTableData::close);
    }
}
